import {
  type ConnectorId,
  connectorId,
  type TemplateSync,
  type WorkspaceId,
  workspaceId,
} from '../../contract/index.ts'
import { markTemplatesSynced, openConnection, templateSyncJob } from '../connectors/index.ts'
import { type Db, ParleyError } from '../platform/index.ts'
import type { ServerCtx, TemplateReading } from '../providers/index.ts'
import { updateComingCategory } from './queries-history.ts'
import {
  markGoneTemplates,
  readDatabaseTime,
  type SyncChange,
  type SyncedTemplate,
  upsertTemplates,
} from './queries-sync.ts'
import { recordChanges } from './record-changes.ts'
import { statusAfter } from './template.ts'
import { differencesOf } from './template-changes.ts'

/**
 * Makes the templates of a connector those of the provider: all pages, then one transaction. Templates that are
 * gone there become DELETED here. Throws provider_refused or provider_unreachable, and changes nothing then.
 */
export async function syncTemplates(
  ctx: ServerCtx,
  workspace: WorkspaceId,
  connector: ConnectorId,
): Promise<TemplateSync> {
  const connection = await openConnection(ctx, workspace, connector)
  const listedSince = await readDatabaseTime(ctx.db.worker)
  const listed: SyncedTemplate[] = []
  for await (const page of ctx.providers.channel.listTemplates(connection)) {
    if (!page.ok) throw providerFailed(page.error)
    listed.push(...page.value.flatMap(synced))
  }
  const { changed, gone } = await ctx.db.inWorkspace(workspace, async (tx) => {
    const changed = await upsertTemplates(tx, workspace, connector, listed)
    const externalIds = listed.map(({ external_id }) => external_id)
    const gone = await markGoneTemplates(tx, workspace, connector, { externalIds, listedSince })
    for (const change of [...changed, ...gone]) await recordSyncChange(tx, workspace, change, ctx.clock.now())
    await markTemplatesSynced(tx, workspace, connector)
    return { changed, gone }
  })
  for (const { id } of [...changed, ...gone]) ctx.live.changed(workspace, { topic: 'template', id })
  ctx.live.changed(workspace, { topic: 'connector', id: connector })
  ctx.live.changed(workspace, { topic: 'notice', id: connector })
  return { found: listed.length, changed: changed.length, gone: gone.length }
}

/** Registers the job that connecting a number, and news of an unknown template, ask for. */
export function defineTemplatesJobs(ctx: ServerCtx): void {
  ctx.jobs.define(templateSyncJob, async ({ workspace_id, connector_id }) => {
    try {
      await syncTemplates(ctx, workspaceId.parse(workspace_id), connectorId.parse(connector_id))
    } catch (error) {
      // Disconnected or deleted since the job was added: nothing is left to do.
      const isOver = error instanceof ParleyError && overCodes.has(error.code)
      if (!isOver) throw error
    }
  })
}

const overCodes = new Set<string>(['not_found', 'connector_disconnected'])

/** A template whose state has no word here is not taken over; it can't be sent anyway. */
function synced(reading: TemplateReading): SyncedTemplate[] {
  const status = statusAfter(reading.status)
  return status === null ? [] : [{ ...reading, status }]
}

/** New templates are no news: nothing about them has changed. */
async function recordSyncChange(tx: Db, workspace: WorkspaceId, change: SyncChange, at: Date): Promise<void> {
  if (change.before === null) return
  const changes = differencesOf(change.before, change, null)
  if (changes.some(({ topic }) => topic === 'category'))
    await updateComingCategory(tx, workspace, change.id, null)
  await recordChanges(tx, workspace, { template: change, changes }, { at, inboundLogId: null })
}

function providerFailed({ code, title, detail }: { code: string; title: string; detail: string | null }) {
  const message = detail === null ? title : `${title} ${detail}`
  return code === 'unreachable'
    ? new ParleyError('provider_unreachable', 'The provider did not answer. Try again in a moment.')
    : new ParleyError('provider_refused', `The provider refused to list the templates: ${message}`, { code })
}

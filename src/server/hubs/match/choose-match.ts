import type { List, ListId, ListMatch, TemplateVariable } from '../../../contract/index.ts'
import { getCampaign } from '../../campaigns/index.ts'
import { recordAudit } from '../../events/index.ts'
import { type Actor, type Ctx, type Db, ParleyError } from '../../platform/index.ts'
import { getTemplate, variablesOf } from '../../templates/index.ts'
import { checkTemplate } from '../hub/check-hub.ts'
import { wrongState } from '../lists/change-list.ts'
import { judgeAct, type ListRow } from '../lists/list.ts'
import { getLockedList, readList } from '../lists/read-list.ts'
import { checkJob } from '../running/jobs.ts'
import { updateMatch } from './queries.ts'
import { isChecked, recheckList } from './recheck-list.ts'

/** Up to here the rows are judged before the answer; a bigger list is judged by a job, and shows as importing meanwhile. */
const rowsAtOnceMax = 20_000

/**
 * Says which column is the phone and where variables come from. Throws list_state_wrong after the start,
 * validation_failed for columns that are not there, list_match_incomplete naming the variables without a source.
 */
export async function chooseMatch(
  ctx: Ctx,
  actor: Actor,
  { listId, match }: { listId: ListId; match: ListMatch },
): Promise<List> {
  const { workspaceId } = actor
  const later = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const list = await getLockedList(tx, workspaceId, listId)
    if (judgeAct('match', list.state) !== 'do' || list.import_error) throw wrongState('match', list)
    const templateId = match.template_id ?? list.hub_template_id
    await checkMatch(tx, actor, { list, match, templateId })
    const checked = isChecked(list, match)
    const later = !checked && list.rows_read > rowsAtOnceMax
    await updateMatch(tx, workspaceId, listId, {
      match,
      template_id: templateId,
      starts_at: match.starts_at ? new Date(match.starts_at) : null,
      state: later ? 'importing' : 'ready',
    })
    if (!checked && !later) {
      await recheckList({ ...list, match }, { workspaceId, runBatch: (work) => work(tx) })
    }
    await recordAudit(tx, actor, { action: 'list.matched', subject_id: list.id, subject_name: list.name })
    return later
  })
  if (later)
    await ctx.jobs.add(checkJob, { workspace_id: workspaceId, list_id: listId }, { jobId: `check-${listId}` })
  ctx.live.changed(workspaceId, { topic: 'list', id: listId })
  return readList(ctx, workspaceId, listId)
}

async function checkMatch(
  db: Db,
  { workspaceId }: Actor,
  { list, match, templateId }: { list: ListRow; match: ListMatch; templateId: string | null },
): Promise<void> {
  checkColumns(list.columns, match)
  const campaign = await getCampaign(db, workspaceId, list.campaign_id)
  if (!campaign) throw new ParleyError('internal', 'The list has no campaign.')
  await checkTemplate(db, workspaceId, { campaign, templateId })
  const template = templateId === null ? null : await getTemplate(db, workspaceId, templateId)
  if (!template) {
    const message = 'Choose a template for the list: its hub has none.'
    throw new ParleyError('validation_failed', message, { fields: [{ path: 'template_id', message }] })
  }
  checkVariables(variablesOf(template.components), match)
}

function checkColumns(columns: readonly string[], match: ListMatch): void {
  const named = [
    { path: 'phone', column: match.phone || undefined },
    { path: 'user_id', column: match.user_id },
    { path: 'time_zone_column', column: match.time_zone_column },
    ...Object.entries(match.variables).map(([key, { column }]) => ({
      path: `variables.${key}.column`,
      column,
    })),
  ]
  const fields = named
    .filter(({ column }) => column !== undefined && !columns.includes(column))
    .map(({ path, column }) => ({ path, message: `The file has no column "${column}".` }))
  if (fields[0]) throw new ParleyError('validation_failed', fields[0].message, { fields })
}

function checkVariables(variables: readonly TemplateVariable[], match: ListMatch): void {
  const keys = variables.map(({ key }) => key)
  const unknown = Object.keys(match.variables).find((key) => !keys.includes(key))
  if (unknown !== undefined) {
    const message = `The template has no variable ${unknown}.`
    throw new ParleyError('validation_failed', message, {
      fields: [{ path: `variables.${unknown}`, message }],
    })
  }
  const missing = keys.filter((key) => !Object.hasOwn(match.variables, key))
  if (missing.length > 0) {
    throw new ParleyError(
      'list_match_incomplete',
      `Give each variable a source; missing: ${missing.join(', ')}.`,
      {
        missing,
        fields: missing.map((key) => ({ path: `variables.${key}`, message: 'This variable has no source.' })),
      },
    )
  }
}

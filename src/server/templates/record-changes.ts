import type { WorkspaceId } from '../../contract/index.ts'
import { appendEvents } from '../events/index.ts'
import { raiseNotice, resolveNotices } from '../notices/index.ts'
import type { Db } from '../platform/index.ts'
import { insertTemplateChanges } from './queries-history.ts'
import { bellOf, eventOf, type TemplateChange, type ToldTemplate } from './template-changes.ts'

/** History, events and notices of what happened to a template, in the transaction of the change itself. */
export async function recordChanges(
  db: Db,
  workspaceId: WorkspaceId,
  { template, changes }: { template: ToldTemplate; changes: readonly TemplateChange[] },
  { at, inboundLogId }: { at: Date; inboundLogId: string | null },
): Promise<void> {
  if (changes.length === 0) return
  await insertTemplateChanges(db, workspaceId, template.id, { changes, at, inboundLogId })
  const events = changes.flatMap((change) => eventOf(change, template, at) ?? [])
  await appendEvents(
    db,
    workspaceId,
    events.map((event) => ({ ...event, inbound_log_id: inboundLogId })),
  )
  const subject = { subject_id: template.id, subject_name: template.name, at }
  for (const { raise, resolve } of changes.map(bellOf)) {
    if (resolve.length > 0) await resolveNotices(db, workspaceId, { kinds: resolve, ...subject })
    if (raise !== null) await raiseNotice(db, workspaceId, { ...raise, ...subject })
  }
}

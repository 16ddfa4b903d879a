import {
  type ContactId,
  numberId,
  recipientId,
  templateId,
  type WorkspaceId,
} from '../../../contract/index.ts'
import { type ListMessage, queueListMessages } from '../../messages/index.ts'
import type { Ctx, Db } from '../../platform/index.ts'
import { wakeLane } from '../../sending/index.ts'
import type { TemplateRow } from '../../templates/index.ts'
import { insertCountDelta } from '../lists/count-queries.ts'
import type { ListRow } from '../lists/list.ts'
import { lockList } from '../lists/queries.ts'
import { listIdOf } from '../lists/record-list-event.ts'
import { createRowReader } from '../match/check-row.ts'
import { findTemplate } from '../match/find-template.ts'
import {
  type RowVerdictById,
  type StoredRow,
  selectContacts,
  selectSendable,
  updateVerdicts,
} from '../recipients/queries.ts'
import { fillRow } from './fill-row.ts'
import { findContacts } from './find-contacts.ts'
import { type ListKey, updateExpanded } from './queries.ts'

/** The first messages of a list are made in a small chunk, so that sending begins at once. */
const chunkSizes = { first: 100, later: 1_000 }

/**
 * Makes messages of the next recipients of a running list. Messages and cursor are written together: a hub that dies
 * here has either done the chunk or not begun it. Says whether there is more to do.
 */
export async function expandList(ctx: Ctx, { workspace_id: workspaceId, id }: ListKey): Promise<boolean> {
  const numberToWake = await ctx.db.asWorker(async (tx) => {
    const list = await lockList(tx, workspaceId, id)
    if (list?.state !== 'running' || list.expanded_at) return null
    const limit = list.expanded_to === null ? chunkSizes.first : chunkSizes.later
    const rows = await selectSendable(tx, workspaceId, { listId: id, after: list.expanded_to, limit })
    if (rows.length > 0) await queueRows(tx, workspaceId, { list, rows })
    const complete = rows.length < limit
    await updateExpanded(tx, workspaceId, { listId: id, to: rows.at(-1)?.id ?? null, complete })
    return { numberId: list.number_id, complete }
  })
  if (!numberToWake) return false
  wakeLane(ctx, numberToWake.numberId)
  return !numberToWake.complete
}

async function queueRows(
  db: Db,
  workspaceId: WorkspaceId,
  { list, rows }: { list: ListRow; rows: readonly StoredRow[] },
): Promise<void> {
  const template = await templateOf(db, workspaceId, list)
  const people = await findContacts(db, workspaceId, { listId: list.id, rows })
  const known = await selectContacts(db, workspaceId, {
    ids: [...people.values()].map(({ contact }) => contact),
    category: template.category,
  })
  const reader = createRowReader(list.columns, list.match ?? { phone: '', variables: {} })
  const messages: ListMessage[] = []
  const skipped: SkippedRow[] = []
  for (const row of rows) {
    const person = people.get(row.id)
    if (person === undefined) throw new Error('A recipient has no contact.')
    const { contact, isInListAlready } = person
    const { id, phone, user_id } = row
    const filled = isInListAlready
      ? ({ ok: false, problem: 'same_person' } as const)
      : fillRow({ template, reader, row, contact: known.get(contact) })
    if (filled.ok) messages.push(messageOf(list, { row, contact, template, content: filled.content }))
    else skipped.push({ id, phone, user_id, problem: filled.problem })
  }
  await queueListMessages(db, workspaceId, messages)
  await recordSkipped(db, workspaceId, { list, skipped })
}

type SkippedRow = RowVerdictById & { problem: string }

async function recordSkipped(
  db: Db,
  workspaceId: WorkspaceId,
  { list, skipped }: { list: ListRow; skipped: readonly SkippedRow[] },
): Promise<void> {
  await updateVerdicts(db, workspaceId, { listId: list.id, verdicts: skipped })
  const counts = new Map<string, number>()
  for (const { problem } of skipped) {
    const [reason = problem] = problem.split(':', 1)
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  for (const [reason, n] of counts) {
    await insertCountDelta(db, workspaceId, { listId: list.id, bucket: 'skipped', reason, n })
  }
}

async function templateOf(db: Db, workspaceId: WorkspaceId, list: ListRow): Promise<TemplateRow> {
  const template = await findTemplate(db, workspaceId, list.template_id ?? list.hub_template_id)
  if (!template) throw new Error('A running list has no template.')
  return template
}

function messageOf(
  list: ListRow,
  made: {
    row: StoredRow
    contact: ContactId
    template: TemplateRow
    content: ListMessage['content']
  },
): ListMessage {
  return {
    list_id: listIdOf(list),
    recipient_id: recipientId.parse(made.row.id),
    round: 0,
    number_id: numberId.parse(list.number_id),
    contact_id: made.contact,
    to_phone: made.row.phone,
    to_user_id: made.row.user_id,
    template_id: templateId.parse(made.template.id),
    category: made.template.category,
    content: made.content,
  }
}

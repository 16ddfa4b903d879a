import type { Erasure, ErasureQuery } from '../../contract/index.ts'
import { type Actor, type Ctx, openCursor, page } from '../platform/index.ts'
import { type ErasureRow, selectErasures } from './queries-erasures.ts'

/** Receipts of erasures, newest first. */
export async function listErasures(
  ctx: Ctx,
  actor: Actor,
  { contact_id, cursor, limit }: ErasureQuery,
): Promise<{ data: Erasure[]; next_cursor: string | null }> {
  const before = cursor === undefined ? null : openCursor(ctx, cursor)
  const options = { contactId: contact_id ?? null, before, limit: limit + 1 }
  const rows = await ctx.db.inWorkspace(actor.workspaceId, (tx) =>
    selectErasures(tx, actor.workspaceId, options),
  )
  return page(ctx, rows, { limit, cursorOf: (row) => row.id, present: presentErasure })
}

function presentErasure(row: ErasureRow): Erasure {
  const { removed } = row
  return {
    id: row.id,
    contact_id: row.contact_id,
    state: row.finished_at === null ? 'running' : 'finished',
    requested_by: row.requested_by,
    requested_at: row.requested_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
    removed: {
      messages: (removed.messages ?? 0) + (removed.group_messages ?? 0),
      recipients: removed.recipients ?? 0,
      events: removed.events ?? 0,
      webhooks: removed.webhooks ?? 0,
    },
  }
}

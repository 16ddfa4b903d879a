import type { MessageId, NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Ctx, Db } from '../platform/index.ts'
import type { PastMessage } from '../providers/index.ts'
import { type EchoedMessage, insertPast, type PastRow } from './queries-elsewhere.ts'

export interface PastThread extends Pick<EchoedMessage, 'contact_id' | 'to_phone' | 'to_user_id'> {
  number_id: NumberId
  messages: readonly PastMessage[]
}

/** Messages from before the number was connected: no events, no unread, each at its place in time. Returns the new ones. */
export async function recordPast(
  ctx: Ctx,
  db: Db,
  workspaceId: WorkspaceId,
  { messages, ...thread }: PastThread,
): Promise<MessageId[]> {
  const rows = messages.map((message) => pastRow(ctx, message))
  return await insertPast(db, workspaceId, thread, rows)
}

function pastRow(ctx: Ctx, { status, ...message }: PastMessage): PastRow {
  const at = message.at ?? ctx.clock.now()
  const isOurs = message.direction === 'out'
  const reached = (kinds: readonly string[]) =>
    isOurs && status !== null && kinds.includes(status) ? at : null
  return {
    ...message,
    id: idAt(ctx, at),
    at,
    sent_at: isOurs && status !== 'failed' ? at : null,
    delivered_at: reached(['delivered', 'read', 'played']),
    read_at: reached(['read', 'played']),
    failed_at: reached(['failed']),
  }
}

/** An id as if it had been made then: threads are sorted by id. */
function idAt(ctx: Ctx, at: Date): string {
  const time = Math.max(0, at.getTime()).toString(16).padStart(12, '0').slice(-12)
  return `msg_${time}${ctx.random.uuid().replaceAll('-', '').slice(12)}`
}

import type {
  ContactId,
  ListId,
  MessageContent,
  MessageId,
  NumberId,
  RecipientId,
  TemplateId,
  WorkspaceId,
} from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { codesWith } from '../providers/index.ts'
import type { DirectPriority } from './message.ts'
import {
  cancelQueuedListMessages,
  countFailed,
  insertFailedAgain,
  insertListMessages,
  insertQueuedMessage,
} from './queries.ts'

export interface QueuedMessage {
  id?: MessageId
  number_id: NumberId
  contact_id: ContactId
  to_phone: string | null
  to_user_id: string | null
  origin: 'agent' | 'api'
  type: string
  /** Meta's object under the name of its type; templates also carry `text.body`, the rendered text. */
  content: MessageContent
  priority: DirectPriority
  template_id?: TemplateId
  category?: string
  sent_by?: string
  context_external_id?: string
  /** Not before this time; now when left out. */
  next_at?: Date
}

export interface ListMessage {
  id?: MessageId
  list_id: ListId
  recipient_id: RecipientId
  round: number
  number_id: NumberId
  contact_id: ContactId
  to_phone: string | null
  /** Of whoever shows no phone. */
  to_user_id?: string | null
  template_id: TemplateId
  category: string
  content: MessageContent
}

/** Puts one message into its number's lane, in the caller's transaction. Wake the lane after the commit. */
export function queueMessage(
  db: Db,
  workspaceId: WorkspaceId,
  message: QueuedMessage,
): Promise<{ id: MessageId }> {
  return insertQueuedMessage(db, workspaceId, message)
}

/** Queues messages of lists, one per recipient and round: repeats change nothing. Returns how many were new. */
export function queueListMessages(
  db: Db,
  workspaceId: WorkspaceId,
  rows: readonly ListMessage[],
): Promise<number> {
  return rows.length === 0 ? Promise.resolve(0) : insertListMessages(db, workspaceId, rows)
}

/** Takes back what has not been sent or attempted, so many at most; returns how many. What is in flight ends by itself. */
export function cancelListMessages(
  db: Db,
  workspaceId: WorkspaceId,
  messages: { listId: ListId; limit: number },
): Promise<number> {
  return cancelQueuedListMessages(db, workspaceId, messages)
}

const waitADay = codesWith('wait_a_day')

/**
 * A new round for those recipients whose newest message failed: the old messages stay as history and count no more.
 * Messages whose outcome is not known are left alone, and failures after which the provider wants a day of rest until
 * that is over. Returns how many were queued, and how many failures have to wait.
 */
export async function requeueFailed(
  db: Db,
  workspaceId: WorkspaceId,
  listId: ListId,
): Promise<{ queued: number; left: number }> {
  const queued = await insertFailedAgain(db, workspaceId, { listId, codes: waitADay })
  return { queued, left: await countFailed(db, workspaceId, listId) }
}

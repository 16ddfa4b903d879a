import type { Message, MessageId, NumberId, WorkspaceId } from '../../contract/index.ts'
import { type Db, ParleyError } from '../platform/index.ts'
import { presentMessage, presentMessages } from './present-message.ts'
import { selectIdByExternalId, selectMessage, selectThread } from './queries.ts'

/** One message, in or out. Throws not_found, also for another workspace's id. */
export async function getMessage(db: Db, workspaceId: WorkspaceId, id: string): Promise<Message> {
  const row = await selectMessage(db, workspaceId, id)
  if (row === null) throw new ParleyError('not_found', 'There is no message with this id.')
  return presentMessage(db, workspaceId, row)
}

/** A page of what a number and a contact wrote to each other, newest first. Reactions stand at their messages. */
export async function readThread(
  db: Db,
  workspaceId: WorkspaceId,
  thread: { number_id: string; contact_id: string },
  page: { limit: number; cursor?: string | undefined },
): Promise<{ data: Message[]; next_cursor: string | null }> {
  const rows = await selectThread(db, workspaceId, {
    ...thread,
    before: page.cursor ?? null,
    limit: page.limit + 1,
  })
  const shown = rows.slice(0, page.limit)
  return {
    data: await presentMessages(db, workspaceId, shown),
    next_cursor: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** The message that the provider calls so, in or out; null when we have none. */
export function findMessageId(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  externalId: string,
): Promise<MessageId | null> {
  return selectIdByExternalId(db, workspaceId, numberId, externalId)
}

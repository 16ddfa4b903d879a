import type { WorkspaceId } from '../../contract/index.ts'
import type { Live } from '../platform/index.ts'

// Bulk shows itself as the counts of its list: naming each message would flood the browser.
const messagesMax = 20

/** Tells open pages, after the commit, which messages and lists look different now. */
export function tellLive(
  live: Pick<Live, 'changed'>,
  workspaceId: WorkspaceId,
  changes: readonly { message_id: string; list_id: string | null }[],
): void {
  const lists = new Set<string>()
  const messages = new Set<string>()
  for (const change of changes) {
    if (change.list_id !== null) lists.add(change.list_id)
    if (change.list_id === null || changes.length <= messagesMax) messages.add(change.message_id)
  }
  for (const id of lists) live.changed(workspaceId, { topic: 'list', id })
  for (const id of messages) live.changed(workspaceId, { topic: 'message', id })
}

import type { MediaId, MessageId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { updateMediaId, updateMediaMissing } from './queries.ts'

/** From now on the message shows its file: it has been fetched. */
export function attachMedia(
  db: Db,
  workspaceId: WorkspaceId,
  messageId: MessageId,
  mediaId: MediaId,
): Promise<void> {
  return updateMediaId(db, workspaceId, messageId, mediaId)
}

/** From now on the message says that its file will not come. */
export function missMedia(db: Db, workspaceId: WorkspaceId, messageId: MessageId): Promise<void> {
  return updateMediaMissing(db, workspaceId, messageId)
}

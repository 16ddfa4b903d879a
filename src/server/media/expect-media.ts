import type { MediaId, MessageId, NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { insertExpected } from './queries.ts'

export interface ExpectedMedia {
  number_id: NumberId
  message_id: MessageId
  external_id: string
  mime_type: string | null
  file_name: string | null
  sha256: string | null
}

/** Notes, in the transaction of the message, that its file is to be fetched. Null when it is known already. */
export function expectMedia(db: Db, workspaceId: WorkspaceId, file: ExpectedMedia): Promise<MediaId | null> {
  return insertExpected(db, workspaceId, file)
}

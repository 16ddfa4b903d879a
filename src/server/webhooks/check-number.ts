import type { WorkspaceId } from '../../contract/index.ts'
import { type Db, ParleyError } from '../platform/index.ts'
import { hasNumber } from './queries-endpoints.ts'

/** Of all numbers, or of one of this workspace. */
export async function checkNumber(
  db: Db,
  workspaceId: WorkspaceId,
  id: string | null | undefined,
): Promise<void> {
  if (id === undefined || id === null || (await hasNumber(db, workspaceId, id))) return
  const message = 'Choose a number of this workspace.'
  throw new ParleyError('validation_failed', message, { fields: [{ path: 'number_id', message }] })
}

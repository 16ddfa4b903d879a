import type { ContactImport, ContactImportId, WorkspaceId } from '../../../contract/index.ts'
import { type Ctx, type Db, ParleyError } from '../../platform/index.ts'
import { type ContactImportRow, presentImport } from './contact-import.ts'
import { selectImport } from './queries.ts'

/** Throws not_found. */
export async function readImport(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  id: ContactImportId,
): Promise<ContactImport> {
  return presentImport(await ctx.db.inWorkspace(workspaceId, (tx) => getImport(tx, workspaceId, id)))
}

/** Throws not_found. */
export async function getImport(db: Db, workspaceId: WorkspaceId, id: string): Promise<ContactImportRow> {
  return foundImport(await selectImport(db, workspaceId, id))
}

/** Throws not_found. */
export function foundImport(row: ContactImportRow | undefined): ContactImportRow {
  if (!row) throw new ParleyError('not_found', 'There is no such import.')
  return row
}

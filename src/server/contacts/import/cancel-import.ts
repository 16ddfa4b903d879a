import type { ContactImport, ContactImportId } from '../../../contract/index.ts'
import { removeFile } from '../../files/index.ts'
import { type Actor, type Ctx, ParleyError } from '../../platform/index.ts'
import { lockImport, moveImport } from './queries.ts'
import { foundImport, readImport } from './read-import.ts'

/** Contacts that were written by then stay. Throws import_state_wrong when it is over. */
export async function cancelImport(ctx: Ctx, actor: Actor, id: ContactImportId): Promise<ContactImport> {
  const { workspaceId } = actor
  const fileKey = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const row = foundImport(await lockImport(tx, workspaceId, id))
    const isCancelled = await moveImport(tx, workspaceId, id, {
      from: ['checking', 'ready', 'running'],
      to: 'cancelled',
      at: ctx.clock.now(),
    })
    if (!isCancelled && row.state !== 'cancelled')
      throw new ParleyError('import_state_wrong', 'The import is over.')
    return row.file_key
  })
  if (fileKey !== null) await removeFile(ctx, fileKey)
  ctx.live.changed(workspaceId, { topic: 'contact_import', id })
  return readImport(ctx, workspaceId, id)
}

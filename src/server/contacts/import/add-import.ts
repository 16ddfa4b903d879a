import { type ContactImport, contactImportId } from '../../../contract/index.ts'
import { refuseCut, removeFile, storeUpload, type Upload } from '../../files/index.ts'
import type { Actor, Ctx } from '../../platform/index.ts'
import { checkImport } from './check-import.ts'
import { checkImportJob } from './contact-import.ts'
import { deleteImport, insertImport } from './queries.ts'
import { readImport } from './read-import.ts'

/** A small file is judged before the answer, a bigger one by a job. */
export const bytesAtOnceMax = 2 * 1024 * 1024

/** Nobody is changed yet. Throws payload_too_large, and file_unreadable (then nothing is left behind). */
export async function addImport(ctx: Ctx, actor: Actor, upload: Upload): Promise<ContactImport> {
  const { workspaceId } = actor
  const id = contactImportId.parse(ctx.random.id('cim'))
  const fileKey = `contacts/${id}`
  try {
    const bytes = await storeUpload(ctx, fileKey, upload.stream)
    refuseCut(upload)
    const row = { id, file_name: upload.fileName, file_key: fileKey, created_by: actor.id }
    await ctx.db.inWorkspace(workspaceId, (tx) => insertImport(tx, workspaceId, row))
    if (bytes <= bytesAtOnceMax) await checkImport(ctx, { workspaceId, id, version: 0 })
    else {
      const data = { workspace_id: workspaceId, import_id: id, version: 0 }
      await ctx.jobs.add(checkImportJob, data, { jobId: `${id}-0` })
    }
  } catch (error) {
    await removeFile(ctx, fileKey)
    await ctx.db.inWorkspace(workspaceId, (tx) => deleteImport(tx, workspaceId, id))
    throw error
  }
  return readImport(ctx, workspaceId, id)
}

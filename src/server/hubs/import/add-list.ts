import { type HubId, type List, listId } from '../../../contract/index.ts'
import { getCampaign } from '../../campaigns/index.ts'
import { recordAudit } from '../../events/index.ts'
import { refuseCut, removeFile, storeUpload, type Upload } from '../../files/index.ts'
import { type Actor, type Ctx, ParleyError } from '../../platform/index.ts'
import { lockHub } from '../hub/queries.ts'
import { deleteListRow, insertList } from '../lists/queries.ts'
import { readList } from '../lists/read-list.ts'
import { importJob } from '../running/jobs.ts'
import { importList } from './import-list.ts'

/** A small file is read before the answer, a bigger one by a job while the list shows as importing. */
const bytesAtOnceMax = 2 * 1024 * 1024

/** Throws not_found for the hub, payload_too_large, and file_unreadable (then nothing is left behind). */
export async function addList(
  ctx: Ctx,
  actor: Actor,
  { hubId, upload }: { hubId: HubId; upload: Upload },
): Promise<List> {
  const id = listId.parse(ctx.random.id('lst'))
  const fileKey = `lists/${id}`
  try {
    const bytes = await storeUpload(ctx, fileKey, upload.stream)
    refuseCut(upload)
    await insertImporting(ctx, actor, { id, hubId, fileKey, fileName: upload.fileName })
    if (bytes <= bytesAtOnceMax) await importAtOnce(ctx, actor, id)
    else
      await ctx.jobs.add(
        importJob,
        { workspace_id: actor.workspaceId, list_id: id },
        { jobId: `import-${id}` },
      )
  } catch (error) {
    await removeFile(ctx, fileKey)
    throw error
  }
  return readList(ctx, actor.workspaceId, id)
}

async function insertImporting(
  ctx: Ctx,
  actor: Actor,
  list: { id: string; hubId: HubId; fileKey: string; fileName: string },
): Promise<void> {
  const { workspaceId } = actor
  const { fileName } = list
  const name = fileName.replace(/\.[A-Za-z0-9]{1,5}$/, '') || fileName
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const hub = await lockHub(tx, workspaceId, { hubId: list.hubId, shared: true })
    const campaign = hub && (await getCampaign(tx, workspaceId, hub.campaign_id))
    if (!campaign) throw new ParleyError('not_found', 'There is no such hub.')
    await insertList(tx, workspaceId, {
      id: list.id,
      hub_id: list.hubId,
      number_id: campaign.number_id,
      name,
      file_name: fileName,
      file_key: list.fileKey,
      created_by: actor.id,
    })
    await recordAudit(tx, actor, { action: 'list.uploaded', subject_id: list.id, subject_name: name })
  })
}

async function importAtOnce(ctx: Ctx, { workspaceId }: Actor, id: string): Promise<void> {
  try {
    await importList(ctx, { workspaceId, listId: id })
  } catch (error) {
    await ctx.db.inWorkspace(workspaceId, (tx) => deleteListRow(tx, workspaceId, id))
    throw error
  }
}

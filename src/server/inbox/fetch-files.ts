import {
  type MediaId,
  type MessageId,
  mediaId as mediaIdSchema,
  type WorkspaceId,
  workspaceId as workspaceIdSchema,
} from '../../contract/index.ts'
import { numberConnection } from '../connectors/index.ts'
import {
  dropFile,
  fetchMedia,
  findForgottenMedia,
  findUnsentFiles,
  giveUpLate,
  type MediaRow,
  type MediaSource,
} from '../media/index.ts'
import { attachMedia, missMedia } from '../messages/index.ts'
import type { Ctx, JobData } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'

const fetchJob = 'media.fetch'
const sweepJob = 'media.sweep'
const sweepEveryMs = 60_000
const sweepSizeMax = 500

/** Files of inbound messages: fetched at once, and by the sweep when that reminder was lost or failed. */
export function defineFileJobs(ctx: ServerCtx): void {
  ctx.jobs.define(fetchJob, (data) => fetchFile(ctx, data), { attemptsMax: 6 })
  ctx.jobs.define(
    sweepJob,
    async () => {
      for (const { workspace_id, id } of await findForgottenMedia(ctx.db.worker, sweepSizeMax))
        await fetchSoon(ctx, workspace_id, id)
      for (const { workspace_id, message_id } of await giveUpLate(ctx.db.worker, sweepSizeMax))
        await sayMissing(ctx, workspace_id, message_id)
    },
    { repeat: { everyMs: sweepEveryMs } },
  )
  ctx.jobs.define('media.drop-unsent', () => dropUnsent(ctx), { repeat: { cron: '20 4 * * *' } })
}

/** Files that were brought for a reply nobody sent. */
async function dropUnsent(ctx: ServerCtx): Promise<void> {
  for (const { workspace_id, id } of await findUnsentFiles(ctx.db.worker, sweepSizeMax))
    await dropFile(ctx, workspace_id, id)
}

/** A reminder that can't be placed must not undo the message; the sweep makes up for it. */
export async function fetchSoon(ctx: Ctx, workspaceId: WorkspaceId, id: MediaId): Promise<void> {
  try {
    await ctx.jobs.add(fetchJob, { workspace_id: workspaceId, media_id: id }, { jobId: `media-${id}` })
  } catch (error) {
    ctx.log.warn({ error, workspace_id: workspaceId, media_id: id }, 'a file waits for the sweep')
  }
}

async function fetchFile(ctx: ServerCtx, data: JobData): Promise<void> {
  const workspaceId = workspaceIdSchema.parse(data.workspace_id)
  const id = mediaIdSchema.parse(data.media_id)
  const fetched = await fetchMedia(ctx, workspaceId, id, (row) => sourceOf(ctx, workspaceId, row))
  if (fetched.outcome === 'failed') {
    ctx.log.warn({ workspace_id: workspaceId, media_id: id, reason: fetched.error }, 'file not fetched')
    if (!fetched.isFinal) throw new Error(fetched.error)
    if (fetched.messageId !== null) await sayMissing(ctx, workspaceId, fetched.messageId)
    return
  }
  const { messageId } = fetched
  if (messageId === null) return
  await ctx.db.inWorkspace(workspaceId, (tx) => attachMedia(tx, workspaceId, messageId, id))
  ctx.live.changed(workspaceId, { topic: 'message', id: messageId })
}

async function sayMissing(ctx: Ctx, workspaceId: WorkspaceId, messageId: MessageId): Promise<void> {
  await ctx.db.inWorkspace(workspaceId, (tx) => missMedia(tx, workspaceId, messageId))
  ctx.live.changed(workspaceId, { topic: 'message', id: messageId })
}

async function sourceOf(ctx: ServerCtx, workspaceId: WorkspaceId, row: MediaRow): Promise<MediaSource> {
  if (row.number_id === null) throw new Error('The file came to no number.')
  const { connection, number } = await numberConnection(ctx, workspaceId, row.number_id)
  return { connection, phoneNumberId: number.phone_number_id }
}

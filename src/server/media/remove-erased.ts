import { rm } from 'node:fs/promises'
import type { Ctx } from '../platform/index.ts'
import { mediaPath } from './media-file.ts'
import { deleteErased, selectErased } from './queries.ts'

const stepSize = 500

/** Files of messages that were erased leave the disk first and the table last, so none is forgotten. */
export async function removeErased(ctx: Pick<Ctx, 'config' | 'db'>, signal?: AbortSignal): Promise<void> {
  for (;;) {
    const files = await selectErased(ctx.db.worker, stepSize)
    for (const { workspace_id, id } of files)
      await rm(mediaPath(ctx.config, workspace_id, id), { force: true })
    await deleteErased(
      ctx.db.worker,
      files.map(({ id }) => id),
    )
    if (files.length < stepSize || signal?.aborted) return
  }
}

export function defineMediaJobs(ctx: Ctx): void {
  ctx.jobs.define('media.remove-erased', (_data, { signal }) => removeErased(ctx, signal), {
    repeat: { everyMs: 60_000 },
  })
}

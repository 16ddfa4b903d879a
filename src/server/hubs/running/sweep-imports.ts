import type { Ctx } from '../../platform/index.ts'
import { selectUnfinishedImports } from '../import/queries.ts'
import { checkJob, importJob } from './jobs.ts'

/** A hub that died between the commit and the queue left a list without its job; a job that is there is not doubled. */
export async function sweepImports(ctx: Ctx): Promise<void> {
  for (const { workspace_id, id, reads_file } of await selectUnfinishedImports(ctx.db.worker)) {
    const data = { workspace_id, list_id: id }
    if (reads_file) await ctx.jobs.add(importJob, data, { jobId: `import-${id}` })
    else await ctx.jobs.add(checkJob, data, { jobId: `check-${id}` })
  }
}

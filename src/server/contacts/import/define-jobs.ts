import { contactImportId, workspaceId as workspaceIdSchema } from '../../../contract/index.ts'
import { removeFile } from '../../files/index.ts'
import type { Ctx, JobData, JobRun } from '../../platform/index.ts'
import { checkImport, recordFailedImport } from './check-import.ts'
import { checkImportJob, runImportJob } from './contact-import.ts'
import { deleteOldImports, selectUnfinishedImports } from './queries.ts'
import { runImport } from './run-import.ts'

const keptDays = 30

export function defineContactsJobs(ctx: Ctx): void {
  ctx.jobs.define(
    checkImportJob,
    async (data, run) => {
      const task = { ...taskOf(data, run), version: Number(data.version) }
      await checkImport(ctx, task).catch((error: unknown) => recordFailedImport(ctx, task, error))
      ctx.live.changed(task.workspaceId, { topic: 'contact_import', id: task.id })
    },
    { isLong: true },
  )
  ctx.jobs.define(
    runImportJob,
    async (data, run) => {
      const task = taskOf(data, run)
      await runImport(ctx, task)
      ctx.live.changed(task.workspaceId, { topic: 'contact_import', id: task.id })
    },
    { isLong: true },
  )
  ctx.jobs.define('contacts.sweep-imports', () => sweepImports(ctx), { repeat: { everyMs: 60_000 } })
  ctx.jobs.define('contacts.delete-old-imports', () => deleteOld(ctx), { repeat: { cron: '10 4 * * *' } })
}

function taskOf(data: JobData, { signal }: JobRun) {
  return {
    workspaceId: workspaceIdSchema.parse(data.workspace_id),
    id: contactImportId.parse(data.import_id),
    signal,
  }
}

/** A hub that died between the commit and the queue left an import without its job; a job that is there is not doubled. */
async function sweepImports(ctx: Ctx): Promise<void> {
  for (const { workspace_id, id, state, version } of await selectUnfinishedImports(ctx.db.worker)) {
    const data = { workspace_id, import_id: id }
    if (state === 'running') await ctx.jobs.add(runImportJob, data, { jobId: id })
    else await ctx.jobs.add(checkImportJob, { ...data, version }, { jobId: `${id}-${version}` })
  }
}

async function deleteOld(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - keptDays * 86_400_000)
  for (const fileKey of await deleteOldImports(ctx.db.worker, before)) await removeFile(ctx, fileKey)
}

import { listId as listIdSchema, workspaceId as workspaceIdSchema } from '../../../contract/index.ts'
import { type Ctx, type JobData, type JobRun, ParleyError } from '../../platform/index.ts'
import { lockList } from '../lists/queries.ts'
import { getList } from '../lists/read-list.ts'
import { recountLists } from '../lists/recount-lists.ts'
import { type RunBatch, recheckList } from '../match/recheck-list.ts'
import { checkJob, importJob, recountJob } from '../running/jobs.ts'
import { type ImportTask, importList, recordFailedImport } from './import-list.ts'

export function defineHubsJobs(ctx: Ctx): void {
  ctx.jobs.define(
    importJob,
    async (data, run) => {
      const task = taskOf(data, run)
      await importList(ctx, task).catch((error: unknown) => recordFailedImport(ctx, task, error))
      ctx.live.changed(task.workspaceId, { topic: 'list', id: task.listId })
    },
    { isLong: true },
  )
  ctx.jobs.define(
    checkJob,
    async (data, run) => {
      const { workspaceId, listId, signal } = taskOf(data, run)
      const list = await ctx.db.asWorker((tx) => getList(tx, workspaceId, listId))
      if (list.state !== 'importing' || !list.match) return
      const runBatch = whileImporting(ctx, { workspaceId, listId })
      await recheckList(
        { ...list, match: list.match },
        { workspaceId, runBatch, ...(signal ? { signal } : {}) },
      )
      ctx.live.changed(workspaceId, { topic: 'list', id: listId })
    },
    { isLong: true },
  )
  ctx.jobs.define(
    recountJob,
    async (_, { signal }) => {
      await recountLists(ctx, signal)
    },
    { isLong: true, repeat: { cron: '30 3 * * *' } },
  )
}

/** Each batch under the list's lock: one that was cancelled meanwhile is not touched any more. */
function whileImporting(ctx: Ctx, { workspaceId, listId }: ImportTask): RunBatch {
  return (work) =>
    ctx.db.asPatientWorker(async (tx) => {
      const list = await lockList(tx, workspaceId, listId)
      if (list?.state !== 'importing') throw new ParleyError('list_state_wrong', 'The list is not importing.')
      return work(tx)
    })
}

function taskOf(data: JobData, { signal }: JobRun): ImportTask {
  return {
    workspaceId: workspaceIdSchema.parse(data.workspace_id),
    listId: listIdSchema.parse(data.list_id),
    signal,
  }
}

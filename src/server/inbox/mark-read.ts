import { conversationId, type WorkspaceId, workspaceId as workspaceIdSchema } from '../../contract/index.ts'
import { numberConnection } from '../connectors/index.ts'
import type { Ctx, JobData } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { selectNewestInbound } from './queries.ts'

const job = 'inbox.mark-read'

/** Blue ticks on the customer's phone. The newest message stands for all before it. */
export function defineReadJob(ctx: ServerCtx): void {
  ctx.jobs.define(job, (data) => markRead(ctx, data), { attemptsMax: 3 })
}

/** Ticks are a courtesy: when they can't be sent, the page must work all the same. */
export async function markReadSoon(ctx: Ctx, workspaceId: WorkspaceId, id: string): Promise<void> {
  try {
    await ctx.jobs.add(job, { workspace_id: workspaceId, conversation_id: id })
  } catch (error) {
    ctx.log.warn({ error, workspace_id: workspaceId, conversation_id: id }, 'read receipt not queued')
  }
}

async function markRead(ctx: ServerCtx, data: JobData): Promise<void> {
  const workspaceId = workspaceIdSchema.parse(data.workspace_id)
  const id = conversationId.parse(data.conversation_id)
  const newest = await ctx.db.inWorkspace(workspaceId, (tx) => selectNewestInbound(tx, workspaceId, id))
  if (!newest) return
  const { connection, number } = await numberConnection(ctx, workspaceId, newest.number_id)
  const answer = await ctx.providers.channel.markRead(connection, number.phone_number_id, newest.external_id)
  if (answer.ok) return
  const line = { workspace_id: workspaceId, conversation_id: id, code: answer.error.code }
  ctx.log.warn(line, 'read receipt refused')
  if (answer.error.code === 'unreachable') throw new Error('The provider could not be reached.')
}

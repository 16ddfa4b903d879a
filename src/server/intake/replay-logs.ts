import {
  type InboundLog,
  type InboundReplay,
  type InboundReplayId,
  inboundReplayId,
  type ReplaySpan,
  type WorkspaceId,
  workspaceId as workspaceIdShape,
} from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { presentInboundLog, presentInboundReplay } from './present-inbound-log.ts'
import { selectLog } from './queries-log.ts'
import {
  cancelReplayRow,
  insertReplay,
  replayNext,
  resetLog,
  selectReplay,
  selectRunningReplays,
} from './queries-replays.ts'
import { partitionCount } from './raw-webhook.ts'
import { wakeIntake } from './wake-intake.ts'

const replayJob = 'intake.replay'
const stepSize = 5_000
const allPartitions = Array.from({ length: partitionCount }, (_, partition) => partition)

/**
 * Has a webhook worked on anew. What it told before is known and changes nothing. Throws not_found, and conflict when
 * its body is not kept any more.
 */
export async function replayLog(ctx: Ctx, actor: Actor, id: string): Promise<InboundLog> {
  const { workspaceId } = actor
  await readOrRefuse(ctx, actor, id)
  const partition = await resetLog(ctx.db.worker, workspaceId, id)
  if (partition === null) throw new ParleyError('conflict', 'The body of this webhook is not kept any more.')
  await ctx.db.inWorkspace(workspaceId, (tx) =>
    recordAudit(tx, actor, { action: 'inbound_log.replayed', subject_id: id }),
  )
  wakeIntake(ctx.wake, [partition])
  return presentInboundLog(await readOrRefuse(ctx, actor, id))
}

/**
 * The same for all that came in a span of time. The first step is done before the answer, so that a short span is
 * finished by then; a long one goes on in a job. Throws conflict while another one runs.
 */
export async function replaySpan(ctx: Ctx, actor: Actor, span: ReplaySpan): Promise<InboundReplay> {
  const { workspaceId } = actor
  const id = inboundReplayId.parse(ctx.random.id('inr'))
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const isBegun = await insertReplay(tx, workspaceId, {
      id,
      since: new Date(span.since),
      until: new Date(span.until),
      verdict: span.verdict ?? null,
      connector_id: span.connector_id ?? null,
    })
    if (!isBegun) throw new ParleyError('conflict', 'A replay is under way. Wait until it has ended.')
    await recordAudit(tx, actor, { action: 'inbound_log.span_replayed', subject_id: id, after: span })
  })
  if ((await takeStep(ctx, workspaceId, id)) === 'running') await addJob(ctx, workspaceId, id)
  return readReplay(ctx, workspaceId, id)
}

/** How far a replay has come. Throws not_found. */
export async function readReplay(ctx: Ctx, workspaceId: WorkspaceId, id: string): Promise<InboundReplay> {
  const row = await ctx.db.inWorkspace(workspaceId, (tx) => selectReplay(tx, workspaceId, id))
  if (row === null) throw new ParleyError('not_found', 'There is no such replay.')
  return presentInboundReplay(row)
}

/** Takes up no more; what was taken up is worked on. Throws not_found. */
export async function cancelReplay(ctx: Ctx, actor: Actor, id: InboundReplayId): Promise<InboundReplay> {
  const { workspaceId } = actor
  await readReplay(ctx, workspaceId, id)
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    await cancelReplayRow(tx, workspaceId, id)
    await recordAudit(tx, actor, { action: 'inbound_log.replay_cancelled', subject_id: id })
  })
  ctx.live.changed(workspaceId, { topic: 'inbound_log', id })
  return readReplay(ctx, workspaceId, id)
}

export function defineReplayJobs(ctx: Ctx): void {
  ctx.jobs.define(
    replayJob,
    (data, { signal }) =>
      runReplay(ctx, workspaceIdShape.parse(data.workspace_id), { id: String(data.replay_id), signal }),
    { isLong: true },
  )
  // A job may be lost with its store; the row is the truth.
  ctx.jobs.define(
    'intake.resume-replays',
    async () => {
      for (const { workspace_id, id } of await selectRunningReplays(ctx.db.worker))
        await addJob(ctx, workspace_id, id)
    },
    { repeat: { everyMs: 60_000 } },
  )
}

/** Goes on where the replay stands. Each step is a transaction of its own, so being stopped anywhere loses nothing. */
export async function runReplay(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  { id, signal }: { id: string; signal?: AbortSignal },
): Promise<void> {
  let state: string | null = 'running'
  while (state === 'running') {
    if (signal?.aborted) throw new Error('The hub stops; the replay goes on afterwards.')
    state = await takeStep(ctx, workspaceId, id)
  }
}

async function takeStep(ctx: Ctx, workspaceId: WorkspaceId, id: string): Promise<string | null> {
  const state = await ctx.db.asWorker((tx) => replayNext(tx, workspaceId, id, stepSize))
  wakeIntake(ctx.wake, allPartitions)
  ctx.live.changed(workspaceId, { topic: 'inbound_log', id })
  return state
}

function addJob(ctx: Ctx, workspaceId: WorkspaceId, id: string): Promise<void> {
  return ctx.jobs.add(replayJob, { workspace_id: workspaceId, replay_id: id }, { jobId: id })
}

async function readOrRefuse(ctx: Ctx, { workspaceId }: Actor, id: string) {
  const row = await ctx.db.inWorkspace(workspaceId, (tx) => selectLog(tx, workspaceId, id))
  if (!row) throw new ParleyError('not_found', 'There is no inbound log with this id.')
  return row
}

import {
  type CreateReplay,
  type EndpointId,
  type EventType,
  type Replay,
  replay as replayShape,
  type WorkspaceId,
  workspaceId as workspaceIdShape,
} from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { selectEndpoint } from './queries-endpoints.ts'
import {
  insertReplay,
  type ReplayRow,
  replayNext,
  selectReplay,
  selectRunningReplays,
} from './queries-replays.ts'

const replayJob = 'webhooks.replay'
const resumeJob = 'webhooks.resume-replays'
const batchSize = 1000
/** Between two looks whether the transactions of before have ended. */
const waitMs = 100

/** Begins to send the events of a span once more, with the same `webhook-id`; the rest happens in a job. */
export async function replaySpan(
  ctx: Ctx,
  actor: Actor,
  endpointId: EndpointId,
  input: CreateReplay,
): Promise<Replay> {
  const { workspaceId } = actor
  const id = ctx.random.id('whr')
  const begun = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const endpoint = await selectEndpoint(tx, workspaceId, endpointId)
    if (endpoint === null) throw new ParleyError('not_found', 'There is no such endpoint.')
    if (!endpoint.enabled)
      throw new ParleyError('endpoint_disabled', 'The endpoint is disabled. Enable it, then replay.')
    const types = typesOf(input, endpoint.events)
    const span = { ...timesOf(input, ctx.clock.now()), types, outcome: input.outcome }
    if (!(await insertReplay(tx, workspaceId, { id, endpoint_id: endpointId, ...span })))
      throw new ParleyError('conflict', 'A replay to this endpoint is under way. Wait until it has ended.')
    await recordAudit(tx, actor, {
      action: 'endpoint.replayed',
      subject_id: endpointId,
      subject_name: endpoint.destination_url,
      after: { ...span, since: span.since.toISOString(), until: span.until.toISOString() },
    })
    return selectReplay(tx, workspaceId, id)
  })
  if (begun === null) throw new ParleyError('internal', 'The replay was not stored.')
  await addJob(ctx, workspaceId, id)
  return presentReplay(begun)
}

export function presentReplay({ pending, delivered, failed, cancelled, ...row }: ReplayRow): Replay {
  return replayShape.parse({
    ...row,
    since: row.since.toISOString(),
    until: row.until.toISOString(),
    created_at: row.created_at.toISOString(),
    ended_at: row.ended_at?.toISOString() ?? null,
    deliveries: { pending, delivered, failed, cancelled },
  })
}

function timesOf(input: CreateReplay, now: Date): { since: Date; until: Date } {
  const since = new Date(input.since)
  // Left out, it means everything so far: the millisecond that is passing belongs to it.
  const until = input.until === undefined ? new Date(now.getTime() + 1) : new Date(input.until)
  if (since < until) return { since, until }
  const message = 'The span must begin in the past.'
  throw new ParleyError('validation_failed', message, { fields: [{ path: 'since', message }] })
}

function typesOf(input: CreateReplay, ofEndpoint: readonly EventType[]): readonly EventType[] {
  if (input.types === undefined) return ofEndpoint
  const others = input.types.filter((type) => !ofEndpoint.includes(type))
  if (others.length === 0) return input.types
  const message = `The endpoint does not receive ${others.join(', ')}.`
  throw new ParleyError('validation_failed', message, { fields: [{ path: 'types', message }] })
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
    resumeJob,
    async () => {
      for (const { workspace_id, id } of await selectRunningReplays(ctx.db.worker))
        await addJob(ctx, workspaceIdShape.parse(workspace_id), id)
    },
    { repeat: { everyMs: 60_000 } },
  )
}

/** Goes on where the replay stands. Each batch is a transaction of its own, so being stopped anywhere loses nothing. */
export async function runReplay(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  { id, signal }: { id: string; signal?: AbortSignal },
): Promise<void> {
  let state: string | null = 'running'
  while (state === 'running' || state === 'waiting') {
    if (signal?.aborted) throw new Error('The hub stops; the replay goes on afterwards.')
    state = await ctx.db.asWorker((tx) => replayNext(tx, workspaceId, id, batchSize))
    if (state === 'waiting') await ctx.clock.sleep(waitMs, signal)
    ctx.wake.signal('webhooks')
  }
  const ended = await selectReplay(ctx.db.worker, workspaceId, id)
  if (ended !== null) ctx.live.changed(workspaceId, { topic: 'endpoint', id: ended.endpoint_id })
}

function addJob(ctx: Ctx, workspaceId: WorkspaceId, id: string): Promise<void> {
  return ctx.jobs.add(replayJob, { workspace_id: workspaceId, replay_id: id }, { jobId: id })
}

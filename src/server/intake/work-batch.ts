import type { NumberId, WorkspaceId } from '../../contract/index.ts'
import { touchConnector, touchNumbers } from '../connectors/index.ts'
import type { Lane } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import type { AppliedFact, OwnedFact } from './applied-fact.ts'
import { applyFacts } from './apply-facts.ts'
import { cutSharedWebhook, isShared } from './cut-shared-webhook.ts'
import { findOwners, type KnownOwners, ownerOf } from './find-owner.ts'
import type { ClaimedLog, LogResult } from './inbound-log.ts'
import { recordResults } from './queries-work.ts'
import { type ReadLog, readLog } from './read-facts.ts'
import { tellOfParked, workspacesToTell } from './tell-of-parked.ts'
import { judge } from './verdict.ts'

/** From raw bytes to written facts, for all webhooks of a claim together. */
export async function workBatch(ctx: ServerCtx, lane: Lane, logs: readonly ClaimedLog[]): Promise<void> {
  const read = logs.map(readLog)
  const owners = await findOwners(
    ctx.db.worker,
    read.flatMap(({ facts }) => facts),
  )
  const owned = new Map(
    read.map((log) => [log, log.facts.map((fact) => ({ ...fact, owner: ownerOf(fact, owners) }))]),
  )
  const whole = await cutShared(ctx, owned, owners)
  const facts = whole.flatMap((log) => owned.get(log) ?? [])
  const applied = await applyFacts(ctx, facts)
  const results = whole.map((log) => judgeLog(log, owned.get(log) ?? [], applied))
  await writeResults(ctx, lane, logs, results)
  tellLive(ctx, results)
  await touch(ctx, logs, facts)
  ctx.log.debug({ partition: lane.key, webhooks: logs.length, facts: facts.length }, 'intake batch')
}

/** Bodies that speak of several connectors are cut up and worked on afterwards, part by part. Returns the others. */
async function cutShared(
  ctx: ServerCtx,
  owned: ReadonlyMap<ReadLog, OwnedFact[]>,
  owners: KnownOwners,
): Promise<ReadLog[]> {
  const whole: ReadLog[] = []
  for (const [log, facts] of owned) {
    if (!(isShared(log.log, facts) && (await cutSharedWebhook(ctx, log.log, owners)))) whole.push(log)
  }
  return whole
}

/** A single statement as a rule; a transaction where the bell has something to say about it. */
async function writeResults(
  ctx: ServerCtx,
  lane: Lane,
  logs: readonly ClaimedLog[],
  results: readonly LogResult[],
): Promise<void> {
  const parked = new Set<string>(logs.filter(({ was_parked }) => was_parked).map(({ id }) => id))
  const told = workspacesToTell(results.map((result) => ({ ...result, wasParked: parked.has(result.id) })))
  if (told.length === 0) {
    await recordResults(ctx.db.worker, lane, results)
    return
  }
  await ctx.db.asWorker(async (tx) => {
    await recordResults(tx, lane, results)
    for (const workspaceId of told) await tellOfParked(tx, workspaceId, ctx.clock.now())
  })
  for (const workspaceId of told) ctx.live.changed(workspaceId, { topic: 'notice', id: workspaceId })
}

function judgeLog(
  { log, problems }: ReadLog,
  owned: readonly OwnedFact[],
  applied: ReadonlyMap<OwnedFact, AppliedFact>,
): LogResult {
  const missing: AppliedFact = { outcome: 'failed', error: 'The fact was not worked on.' }
  const facts = owned.map((read) => ({ read, applied: applied.get(read) ?? missing }))
  return judge({ log, facts, problems })
}

/** One id for each workspace says enough: the page reads its list anew. */
function tellLive(ctx: ServerCtx, results: readonly LogResult[]): void {
  const newest = new Map<WorkspaceId, string>()
  for (const { workspace_id, id } of results) if (workspace_id !== null) newest.set(workspace_id, id)
  for (const [workspaceId, id] of newest) ctx.live.changed(workspaceId, { topic: 'inbound_log', id })
}

async function touch(
  ctx: ServerCtx,
  logs: readonly ClaimedLog[],
  facts: readonly OwnedFact[],
): Promise<void> {
  const now = ctx.clock.now()
  const connectorIds = new Set<string>()
  for (const { connector_id } of logs) if (connector_id !== null) connectorIds.add(connector_id)
  const inbound = new Map<WorkspaceId, Set<NumberId>>()
  for (const { fact, owner, log } of facts) {
    if (log.connector_id === null && owner !== null) connectorIds.add(owner.connectorId)
    if (fact.kind !== 'message' || owner === null || owner.numberId === null) continue
    const numbers = inbound.get(owner.workspaceId) ?? new Set()
    inbound.set(owner.workspaceId, numbers.add(owner.numberId))
  }
  for (const id of connectorIds) await touchConnector(ctx.db.worker, id, now)
  for (const [workspaceId, numbers] of inbound)
    await touchNumbers(ctx.db.worker, workspaceId, { inbound: [...numbers] }, now)
}

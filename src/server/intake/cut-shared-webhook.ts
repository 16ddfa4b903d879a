import { inboundLogId } from '../../contract/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import type { OwnedFact } from './applied-fact.ts'
import { type KnownOwners, ownerOf } from './find-owner.ts'
import type { ClaimedLog } from './inbound-log.ts'
import { insertParts } from './queries-parts.ts'
import { partitionOf } from './raw-webhook.ts'
import { readLog } from './read-facts.ts'
import { cutByOwner } from './shared-body.ts'
import { wakeIntake } from './wake-intake.ts'

/** Whether a body of the platform's app speaks of several connectors, or of one and of what is nobody's. */
export function isShared(log: ClaimedLog, facts: readonly OwnedFact[]): boolean {
  if (log.connector_id !== null || log.workspace_id !== null) return false
  return new Set(facts.map(({ owner }) => owner?.connectorId)).size > 1
}

/**
 * Gives each connector the part of the body that is its own, as a log entry of its own; what is nobody's stays together.
 * The parts are worked on like any webhook. Returns false when the body can't be cut, or was by somebody else.
 */
export async function cutSharedWebhook(
  ctx: ServerCtx,
  log: ClaimedLog,
  owners: KnownOwners,
): Promise<boolean> {
  const bodies = log.body && cutByOwner(log.body, (body) => ownerOfPart({ ...log, body }, owners))
  if (!bodies || bodies.length < 2) return false
  const parts = bodies.map((body) => ({
    // The time of the whole, so that the parts stand beside it in the log.
    id: inboundLogId.parse(log.id.slice(0, timeLength) + ctx.random.id('inl').slice(timeLength)),
    partition: partitionOf(body, null),
    body,
  }))
  if (!(await insertParts(ctx.db.worker, log.id, parts))) return false
  ctx.log.info({ inbound_log_id: log.id, parts: parts.length }, 'webhook of several connectors cut up')
  wakeIntake(
    ctx.wake,
    parts.map(({ partition }) => partition),
  )
  return true
}

const timeLength = 'inl_'.length + 12

function ownerOfPart(part: ClaimedLog, owners: KnownOwners): string | null {
  const [first] = readLog(part).facts
  return first === undefined ? null : (ownerOf(first, owners)?.connectorId ?? null)
}

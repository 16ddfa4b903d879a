import type { NumberId, WorkspaceId } from '../../contract/index.ts'
import { applyStatus, applyStatuses, type StatusOutcome } from '../messages/index.ts'
import type { ServerCtx, StatusFact } from '../providers/index.ts'
import { type Applied, attempt, type OwnedFact } from './applied-fact.ts'
import { groupBy } from './group-by.ts'
import type { FactOutcome } from './read-facts.ts'

interface StatusOfNumber {
  read: OwnedFact
  fact: StatusFact
  workspaceId: WorkspaceId
  numberId: NumberId
}

const batchSizeMax = 1000

/** Statuses come in thousands: those of one number, from however many webhooks, are written together. */
export async function applyStatusFacts(
  ctx: ServerCtx,
  facts: readonly OwnedFact[],
  applied: Applied,
): Promise<void> {
  const statuses = facts.flatMap(asStatus)
  for (const ofNumber of groupBy(statuses, ({ numberId }) => numberId).values()) {
    for (let start = 0; start < ofNumber.length; start += batchSizeMax)
      await applyTogether(ctx, ofNumber.slice(start, start + batchSizeMax), applied)
  }
}

function asStatus(read: OwnedFact): StatusOfNumber[] {
  const { fact, owner } = read
  if (fact.kind !== 'status' || owner === null || owner.numberId === null) return []
  return [{ read, fact, workspaceId: owner.workspaceId, numberId: owner.numberId }]
}

async function applyTogether(
  ctx: ServerCtx,
  statuses: readonly StatusOfNumber[],
  applied: Applied,
): Promise<void> {
  const [first] = statuses
  if (!first) return
  const { workspaceId, numberId } = first
  const facts = statuses.map(({ fact }) => fact)
  const logIds = statuses.map(({ read }) => read.log.id)
  try {
    const outcomes = await applyStatuses(ctx, workspaceId, numberId, facts, logIds)
    for (const [index, { read }] of statuses.entries())
      applied.set(read, { outcome: outcomeOf(outcomes[index] ?? 'unrouted'), error: null })
  } catch (error) {
    // One of them can't be written: each alone, to find out which.
    ctx.log.warn({ error, number_id: numberId, count: statuses.length }, 'statuses not applied together')
    for (const { read, fact } of statuses) {
      const apply = async () => outcomeOf(await applyStatus(ctx, workspaceId, numberId, fact, read.log.id))
      applied.set(read, await attempt(ctx, read, apply))
    }
  }
}

/** A status without its message is kept until the answer that names the message arrives. */
function outcomeOf(outcome: StatusOutcome): FactOutcome {
  return outcome === 'unrouted' ? 'kept' : outcome
}

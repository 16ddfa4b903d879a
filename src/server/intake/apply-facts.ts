import type { NumberId } from '../../contract/index.ts'
import { applyAccountChange } from '../connectors/index.ts'
import { receiveMessage, receiveReaction } from '../inbox/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { applyReview } from '../templates/index.ts'
import { type Applied, attempt, type OwnedFact } from './applied-fact.ts'
import { applyStatusFacts } from './apply-status-facts.ts'
import { groupBy } from './group-by.ts'
import type { FactOutcome } from './read-facts.ts'

/** Conversations worked on at once; within one, messages stay in their order. */
const threadsAtOnce = 4

/** Hands each fact to the room that owns its kind. One that fails fails alone. */
export async function applyFacts(ctx: ServerCtx, facts: readonly OwnedFact[]): Promise<Applied> {
  const applied: Applied = new Map()
  const owned = facts.filter(({ owner }) => owner !== null)
  for (const fact of facts) if (fact.owner === null) applied.set(fact, { outcome: 'unrouted', error: null })

  await applyStatusFacts(ctx, owned, applied)
  await applyThreads(ctx, owned.filter(isOfThread), applied)
  for (const fact of owned) {
    if (!applied.has(fact)) applied.set(fact, await attempt(ctx, fact, () => applyOne(ctx, fact)))
  }
  return applied
}

async function applyThreads(ctx: ServerCtx, facts: readonly OwnedFact[], applied: Applied): Promise<void> {
  const threads = [...groupBy(facts, threadOf).values()]
  const workers = Array.from({ length: threadsAtOnce }, async () => {
    for (let thread = threads.shift(); thread; thread = threads.shift()) {
      for (const fact of thread) applied.set(fact, await attempt(ctx, fact, () => applyOne(ctx, fact)))
    }
  })
  await Promise.all(workers)
}

function isOfThread({ fact }: OwnedFact): boolean {
  return fact.kind === 'message' || fact.kind === 'reaction'
}

/** Who writes; the first known of user id and phone may differ between two messages, which costs order, not truth. */
function threadOf({ owner, fact }: OwnedFact): string {
  const person = 'from_phone' in fact ? (fact.from_user_id ?? fact.from_phone) : ''
  return `${owner?.numberId} ${person}`
}

async function applyOne(ctx: ServerCtx, { owner, fact, log }: OwnedFact): Promise<FactOutcome> {
  if (owner === null) return 'unrouted'
  const { workspaceId, connectorId, numberId } = owner
  switch (fact.kind) {
    case 'message':
      return (await receiveMessage(ctx, workspaceId, numberOf(numberId), fact, log.id)).outcome
    case 'reaction':
      return receiveReaction(ctx, workspaceId, numberOf(numberId), fact)
    case 'template':
      return applyReview(ctx, workspaceId, connectorId, fact, log.id)
    case 'account':
    case 'number':
      return applyAccountChange(ctx, workspaceId, connectorId, fact, log.id)
    // Statuses of no number we could name; and what has no owner yet: kept and shown.
    case 'status':
    case 'preference':
    case 'contact_change':
    case 'unknown':
      return 'kept'
    default: {
      const unknown: never = fact
      return unknown
    }
  }
}

function numberOf(id: NumberId | null): NumberId {
  if (id === null) throw new Error('The webhook does not say which number it is about.')
  return id
}

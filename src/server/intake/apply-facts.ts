import type { NumberId } from '../../contract/index.ts'
import { applyAccountChange, type Heard, recordProviderError } from '../connectors/index.ts'
import { applyAddressBook, applyPreference, changeIdentity } from '../contacts/index.ts'
import {
  receiveCall,
  receiveConversion,
  receiveEcho,
  receiveGroupChange,
  receiveHistory,
  receiveMessage,
  receiveReaction,
} from '../inbox/index.ts'
import { applyBilling } from '../messages/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { applyReview } from '../templates/index.ts'
import { type Applied, attempt, type OwnedFact } from './applied-fact.ts'
import { applyStatusFacts } from './apply-status-facts.ts'
import { awaitMessage } from './await-message.ts'
import { groupBy } from './group-by.ts'
import type { ClaimedLog } from './inbound-log.ts'
import type { FactOutcome } from './read-facts.ts'

/** Facts that write into a thread; those of one thread keep their order. */
const threadKinds = new Set<string>(['message', 'reaction', 'echo', 'history', 'call', 'group', 'conversion'])
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
  return threadKinds.has(fact.kind)
}

/** Who writes; the first known of user id and phone may differ between two messages, which costs order, not truth. */
function threadOf({ owner, fact }: OwnedFact): string {
  return `${owner?.numberId} ${personIn(fact)}`
}

function personIn(fact: OwnedFact['fact']): string | null {
  switch (fact.kind) {
    case 'message':
      return fact.group_id ?? fact.from_user_id ?? fact.from_phone
    case 'reaction':
      return fact.group_id ?? fact.from_user_id ?? fact.from_phone
    case 'echo':
      return fact.to_user_id ?? fact.to_phone
    case 'history':
    case 'call':
      return fact.user_id ?? fact.phone
    case 'group':
      return fact.group_id
    default:
      return null
  }
}

async function applyOne(ctx: ServerCtx, read: OwnedFact): Promise<FactOutcome> {
  const { owner, fact, log } = read
  if (owner === null) return 'unrouted'
  const { workspaceId, connectorId, numberId } = owner
  switch (fact.kind) {
    case 'message':
      return (await receiveMessage(ctx, workspaceId, numberOf(numberId), fact, log.id)).outcome
    case 'reaction':
      return receiveReaction(ctx, workspaceId, numberOf(numberId), fact, log.id)
    case 'template':
      return applyReview(ctx, workspaceId, connectorId, fact, log.id)
    case 'account':
    case 'number':
      return applyAccountChange(ctx, workspaceId, connectorId, fact, heardIn(log))
    case 'preference':
      return applyPreference(ctx, workspaceId, { numberId, fact, inboundLogId: log.id })
    case 'contact_change':
      return changeIdentity(ctx, workspaceId, fact, log.id)
    case 'echo':
      return receiveEcho(ctx, workspaceId, numberOf(numberId), fact, log.id)
    case 'history':
      return receiveHistory(ctx, workspaceId, numberOf(numberId), fact)
    case 'call':
      return receiveCall(ctx, workspaceId, numberOf(numberId), fact, log.id)
    case 'address_book':
      return applyAddressBook(ctx, workspaceId, fact)
    case 'billing':
      return orAwait(ctx, read, await applyBilling(ctx, workspaceId, numberOf(numberId), fact))
    case 'group':
      return receiveGroupChange(ctx, workspaceId, numberOf(numberId), fact)
    case 'conversion':
      return orAwait(ctx, read, await receiveConversion(ctx, workspaceId, numberOf(numberId), fact))
    case 'error':
      return recordProviderError(ctx, workspaceId, { connectorId, numberId }, fact, heardIn(log))
    // Statuses of no number we could name, taps by nobody in particular, what is about nothing of ours: kept and shown.
    case 'status':
    case 'click':
    case 'check':
    case 'unknown':
      return 'kept'
    default: {
      const unknown: never = fact
      return unknown
    }
  }
}

/** News without a time of their own have that of their webhook, whenever it is worked on. */
function heardIn({ id, received_at }: ClaimedLog): Heard {
  return { inboundLogId: id, at: received_at }
}

/** News of a message that is not here: they are heard once it is. */
async function orAwait(
  ctx: ServerCtx,
  { owner, fact, log }: OwnedFact,
  outcome: FactOutcome,
): Promise<FactOutcome> {
  if (outcome === 'kept' && owner !== null && 'external_id' in fact && fact.external_id !== null)
    await awaitMessage(ctx, owner, { external_id: fact.external_id, inbound_log_id: log.id })
  return outcome
}

function numberOf(id: NumberId | null): NumberId {
  if (id === null) throw new Error('The webhook does not say which number it is about.')
  return id
}

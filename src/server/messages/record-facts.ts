import type { WorkspaceId } from '../../contract/index.ts'
import { optOutByFailure, type StopFailure } from '../contacts/index.ts'
import { appendEvents, type EventEntry } from '../events/index.ts'
import type { Db } from '../platform/index.ts'
import { describeError } from '../providers/index.ts'
import type { StatusKind, StoredConversation, StoredError, StoredPricing } from './message.ts'
import { insertMemberFacts, type NewMemberFact } from './queries-members.ts'
import { insertFacts, type NewFact, takeOrphans } from './queries-statuses.ts'

/** A status of a message that we know. */
export interface FactOfMessage {
  message_id: string
  kind: StatusKind
  /** Of a group: whom of it this is about. */
  member?: string
  /** The provider's time; null when it gave none that makes sense, then the time of writing. */
  at: Date | null
  error: StoredError | null
  pricing: StoredPricing | null
  conversation?: StoredConversation | null
  inbound_log_id: string | null
  external_id: string | null
  /** WhatsApp's own id, where it is another. */
  whatsapp_id: string | null
  /** The attempt that an authentic tag named. */
  attempt: number | null
  /** Neither id nor tag named the message: it was the only one that this could be about. */
  is_inferred?: boolean
}

export interface RecordedFacts {
  fresh: NewFact[]
  ofMembers: NewMemberFact[]
}

/**
 * Writes facts, the state that follows from them and their events, all in the caller's transaction; whoever has stopped
 * our messages is opted out with the failure that says so. A fact that is known already is left out everywhere, so it
 * makes no second event. Where WhatsApp's id of a message becomes known, so do facts that were kept under it: the caller
 * holds the lock of answers. Returns the new ones; of a group, the first of each kind is the message's, and each member has
 * their own.
 */
export async function recordFacts(
  db: Db,
  workspaceId: WorkspaceId,
  facts: readonly FactOfMessage[],
): Promise<RecordedFacts> {
  if (facts.length === 0) return { fresh: [], ofMembers: [] }
  const told = await insertFacts(db, workspaceId, facts)
  const kept = await takeNamed(db, workspaceId, facts, told)
  const fresh = kept.length === 0 ? told : [...told, ...(await insertFacts(db, workspaceId, kept))]
  const turns = await optOutByFailure(db, workspaceId, fresh.flatMap(stopOf))
  await appendEvents(db, workspaceId, [...fresh.flatMap(eventsOf), ...turns])
  const aboutMembers = [...facts, ...kept].filter(({ member }) => member !== undefined)
  const ofMembers = aboutMembers.length === 0 ? [] : await insertMemberFacts(db, workspaceId, aboutMembers)
  return { fresh, ofMembers }
}

/** What was told before under the id that one of these facts names. */
async function takeNamed(
  db: Db,
  workspaceId: WorkspaceId,
  facts: readonly FactOfMessage[],
  fresh: readonly NewFact[],
): Promise<FactOfMessage[]> {
  const numberIds = new Map<string, NewFact['number_id']>(fresh.map((row) => [row.message_id, row.number_id]))
  const named = facts.flatMap(({ message_id, whatsapp_id }) => {
    const number_id = numberIds.get(message_id)
    if (whatsapp_id === null || number_id === undefined) return []
    return [{ workspace_id: workspaceId, number_id, external_id: whatsapp_id, message_id }]
  })
  if (named.length === 0) return []
  const messageIds = new Map(named.map((row) => [`${row.number_id}|${row.external_id}`, row.message_id]))
  return (await takeOrphans(db, named)).flatMap(({ number_id, external_id, kind, fact, inbound_log_id }) => {
    const message_id = messageIds.get(`${number_id}|${external_id}`)
    if (message_id === undefined) return []
    const at = fact.at === null ? null : new Date(fact.at)
    const source = { message_id, external_id, whatsapp_id: null, attempt: null, inbound_log_id }
    return [{ ...fact, ...source, kind, at }]
  })
}

function stopOf({ kind, error, ...failed }: NewFact): StopFailure[] {
  if (kind !== 'failed' || error === null || describeError(error.code).policy !== 'suppress') return []
  return [{ ...failed, code: error.code }]
}

function eventsOf(fact: NewFact): EventEntry[] {
  const common = {
    at: fact.at,
    number_id: fact.number_id,
    contact_id: fact.contact_id,
    message_id: fact.message_id,
    inbound_log_id: fact.inbound_log_id,
    ...(fact.list_id === null ? {} : { list_id: fact.list_id }),
    data: payloadOf(fact),
  }
  // Only a way to learn WhatsApp's id: nothing has happened yet.
  if (fact.kind === 'enqueued') return []
  // It arrived all the same: the failure is kept with its facts, and nobody is told of one.
  if (fact.kind === 'failed' && fact.shown !== 'failed') return []
  const updated: EventEntry = { ...common, type: 'message.status_updated' }
  // A voice message that was played has no event type of its own.
  return fact.kind === 'played' ? [updated] : [{ ...common, type: `message.${fact.kind}` }, updated]
}

function payloadOf(fact: NewFact): Record<string, unknown> {
  return {
    instance_id: fact.number_id,
    instance_name: fact.number_name,
    to: fact.to_phone === null ? null : `+${fact.to_phone}`,
    message_id: fact.message_id,
    external_message_id: fact.external_id,
    status: fact.kind,
    ...(fact.error === null
      ? {}
      : { error: { ...fact.error, reason: describeError(fact.error.code).reason } }),
    ...(fact.pricing?.category ? { pricing_category: fact.pricing.category } : {}),
    ...(fact.list_id === null ? {} : { list_id: fact.list_id }),
    ...(fact.hub_id === null ? {} : { hub_id: fact.hub_id }),
  }
}

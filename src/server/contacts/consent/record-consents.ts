import type { WorkspaceId } from '../../../contract/index.ts'
import type { EventEntry } from '../../events/index.ts'
import type { Db } from '../../platform/index.ts'
import {
  type ConsentSource,
  insertConsents,
  lockStandings,
  type NewConsent,
  type Standing,
  settleConsents,
} from './queries-consent.ts'

/** Somebody stands otherwise than before: what customers' endpoints hear. */
export type ConsentTurn = Pick<EventEntry, 'type'> &
  Pick<NewConsent, 'contact_id' | 'scope' | 'source' | 'number_id' | 'at'> &
  Pick<Standing, 'phone' | 'user_id'> & {
    reason: string
    /** The webhook that told it. */
    inbound_log_id: string | null
  }

export interface RecordedConsents {
  /** Whose words or acts were not known yet. */
  isNew: ReadonlySet<string>
  turns: ConsentTurn[]
}

/**
 * The one way in which consent changes, wherever it comes from: each change is kept with its evidence, how the person
 * stands follows from all of them, and there is a turn only where that differs from before.
 */
export async function recordConsents(
  db: Db,
  workspaceId: WorkspaceId,
  changes: readonly NewConsent[],
): Promise<RecordedConsents> {
  if (changes.length === 0) return { isNew: new Set(), turns: [] }
  const ids = changes.map(({ contact_id }) => contact_id)
  const before = byId(await lockStandings(db, workspaceId, ids))
  const isNew = await insertConsents(db, workspaceId, changes)
  await settleConsents(db, workspaceId, [...isNew])
  const after = byId(await lockStandings(db, workspaceId, [...isNew]))
  const turns = eachScopeOnce(changes).flatMap((change) => {
    const [was, is] = [before.get(change.contact_id), after.get(change.contact_id)]
    return was === undefined || is === undefined ? [] : turnOf(change, was, is)
  })
  return { isNew, turns }
}

/** Two messages to one person may fail for the same reason at once: they turn once. */
function eachScopeOnce(changes: readonly NewConsent[]): NewConsent[] {
  return [
    ...new Map(changes.map((change) => [`${change.contact_id} ${change.scope}`, change] as const)).values(),
  ]
}

/** Nothing when the person stands as before: another opt-out still holds, or something newer was said. */
function turnOf(change: NewConsent, before: Standing, after: Standing): ConsentTurn[] {
  const column = `opted_out_${change.scope}_at` as const
  const isOut = after[column] !== null
  if (isOut === (before[column] !== null)) return []
  const { contact_id, scope, source, number_id, at, evidence } = change
  const { phone, user_id } = after
  const type = isOut ? 'recipient.opted_out' : 'recipient.opted_in'
  const reason = reasonOf(change, isOut)
  const inbound_log_id = wordIn(evidence, 'inbound_log_id')
  return [{ type, contact_id, scope, source, number_id, at, phone, user_id, reason, inbound_log_id }]
}

const ownWords: ReadonlySet<ConsentSource> = new Set(['keyword', 'whatsapp', 'gupshup'])

function reasonOf({ source, evidence }: NewConsent, isOut: boolean): string {
  if (ownWords.has(source)) return isOut ? 'recipient_requested_stop' : 'recipient_requested_start'
  return wordIn(evidence, 'reason') ?? `recorded_by_${source}`
}

function wordIn(evidence: NewConsent['evidence'], key: string): string | null {
  const word = evidence[key]
  return typeof word === 'string' ? word : null
}

function byId(standings: readonly Standing[]): Map<string, Standing> {
  return new Map(standings.map((one) => [one.id, one]))
}

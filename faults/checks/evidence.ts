import type { Acceptance, Standstill } from '../provider.ts'
import type { Stage } from '../stage.ts'

export interface MessageRow {
  id: string
  state: string
  external_id: string | null
  to_phone: string
  list_id: string | null
  attempt: number
}

/** An acceptance, which may have arrived earlier than the provider came to it, but not before `earliestMs`. */
export interface Arrival extends Acceptance {
  earliestMs: number
}

/** Both sides of the same story: what the provider accepted, and what the hub believes. */
export interface Evidence {
  ledger: readonly Arrival[]
  messages: ReadonlyMap<string, MessageRow>
  /** Acceptances by the message that their tag names. */
  acceptedOf: ReadonlyMap<string, readonly Arrival[]>
}

export async function gatherEvidence(stage: Stage): Promise<Evidence> {
  const ledger = arrivalsOf(await stage.provider.ledger(), await stage.provider.standstills())
  const rows = await stage.database.query<MessageRow>(
    `select id, state, external_id, to_phone, list_id, attempt from messages where direction = 'out'`,
  )
  const acceptedOf = new Map<string, Arrival[]>()
  for (const acceptance of ledger) {
    const id = messageIdIn(acceptance.biz_opaque_callback_data)
    const known = acceptedOf.get(id)
    if (known) known.push(acceptance)
    else acceptedOf.set(id, [acceptance])
  }
  return { ledger, messages: new Map(rows.map((row) => [row.id, row])), acceptedOf }
}

/** What is still read at once after a standstill came in during it: new connections take a turn or two more. */
const readWithinMs = 50

/** Both in order of time. */
function arrivalsOf(ledger: readonly Acceptance[], standstills: readonly Standstill[]): Arrival[] {
  let next = 0
  return ledger.map((acceptance) => {
    const { accepted_ms } = acceptance
    while ((standstills[next]?.toMs ?? Number.POSITIVE_INFINITY) + readWithinMs < accepted_ms) next += 1
    const fromMs = standstills[next]?.fromMs ?? accepted_ms
    return { ...acceptance, earliestMs: Math.min(accepted_ms, fromMs) }
  })
}

/** `v1.<16 bytes of the id>.<attempt>.<mac>` */
function messageIdIn(opaque: string | null): string {
  const token = opaque?.split('.')[1] ?? ''
  return `msg_${Buffer.from(token, 'base64url').toString('hex')}`
}

/** The first few of many, for a person to read. */
export function complain(invariant: string, promise: string, broken: readonly string[]): string[] {
  if (broken.length === 0) return []
  const shown = broken.slice(0, 8).join('; ')
  return [`${invariant} ${promise}: ${broken.length} times not so (${shown})`]
}

import type { Acceptance } from '../provider.ts'
import type { Stage } from '../stage.ts'

export interface MessageRow {
  id: string
  state: string
  external_id: string | null
  to_phone: string
  list_id: string | null
  attempt: number
}

/** Both sides of the same story: what the provider accepted, and what the hub believes. */
export interface Evidence {
  ledger: readonly Acceptance[]
  messages: ReadonlyMap<string, MessageRow>
  /** Acceptances by the message that their tag names. */
  acceptedOf: ReadonlyMap<string, readonly Acceptance[]>
}

export async function gatherEvidence(stage: Stage): Promise<Evidence> {
  const ledger = await stage.provider.ledger()
  const rows = await stage.database.query<MessageRow>(
    `select id, state, external_id, to_phone, list_id, attempt from messages where direction = 'out'`,
  )
  const acceptedOf = new Map<string, Acceptance[]>()
  for (const acceptance of ledger) {
    const id = messageIdIn(acceptance.biz_opaque_callback_data)
    const known = acceptedOf.get(id)
    if (known) known.push(acceptance)
    else acceptedOf.set(id, [acceptance])
  }
  return { ledger, messages: new Map(rows.map((row) => [row.id, row])), acceptedOf }
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

import { WamidPress } from './wamid.ts'

export const DELIVERY_STATES = ['accepted', 'sent', 'delivered', 'read', 'played', 'failed'] as const

export type DeliveryState = (typeof DELIVERY_STATES)[number]
type Answered = 'answered' | 'lost' | 'late'

const ANSWERS: readonly Answered[] = ['answered', 'lost', 'late']

/** What many messages share, kept once: their type and, for templates, which one. */
export interface MessageKind {
  type: string
  templateName: string | undefined
  templateLanguage: string | undefined
  category: 'authentication' | 'marketing' | 'service' | 'utility'
}

interface Acceptance {
  numberIndex: number
  recipient: number
  kindIndex: number
  opaque: string | undefined
  hadOpenWindow: boolean
  body: Record<string, unknown>
}

export interface LedgerEntry {
  sequence: number
  wamid: string
  phoneNumberId: string
  to: string
  acceptedMs: number
  kind: MessageKind
  opaque: string | undefined
  hadOpenWindow: boolean
  state: DeliveryState
  errorCode: number | undefined
  answered: Answered
  body: Record<string, unknown> | undefined
}

const FIRST_CAPACITY = 4096

/**
 * Everything accepted, in columns: a message costs some 30 bytes beside its opaque data, so a million fit
 * in memory and a summary reads them in well under a second.
 */
export class Ledger {
  readonly wamids = new WamidPress()
  readonly numberIds: string[] = []
  readonly kinds: MessageKind[] = []
  readonly #kindIndexes = new Map<string, number>()
  #size = 0
  #times = new Float64Array(FIRST_CAPACITY)
  #recipients = new Float64Array(FIRST_CAPACITY)
  #numbers = new Uint16Array(FIRST_CAPACITY)
  #kindOf = new Uint16Array(FIRST_CAPACITY)
  #states = new Uint8Array(FIRST_CAPACITY)
  #answers = new Uint8Array(FIRST_CAPACITY)
  #windows = new Uint8Array(FIRST_CAPACITY)
  #opaques: (string | undefined)[] = []
  #errors = new Map<number, number>()
  #bodies = new Map<number, Record<string, unknown>>()
  // Sequence numbers go on after a reset, so no wamid is ever given twice.
  #firstSequence = 1

  get size(): number {
    return this.#size
  }

  get times(): Float64Array {
    return this.#times.subarray(0, this.#size)
  }

  get recipients(): Float64Array {
    return this.#recipients.subarray(0, this.#size)
  }

  get numberIndexes(): Uint16Array {
    return this.#numbers.subarray(0, this.#size)
  }

  get states(): Uint8Array {
    return this.#states.subarray(0, this.#size)
  }

  get opaques(): readonly (string | undefined)[] {
    return this.#opaques
  }

  addNumber(phoneNumberId: string): number {
    return this.numberIds.push(phoneNumberId) - 1
  }

  kindIndex(kind: MessageKind): number {
    const key = `${kind.type}\n${kind.templateName ?? ''}\n${kind.templateLanguage ?? ''}\n${kind.category}`
    const known = this.#kindIndexes.get(key)
    if (known !== undefined) return known
    const index = this.kinds.push(kind) - 1
    this.#kindIndexes.set(key, index)
    return index
  }

  /** Enters a message and answers its sequence number. */
  accept(message: Acceptance, atMs: number, bodiesKept: number): number {
    if (this.#size === this.#times.length) this.#grow()
    const at = this.#size
    this.#size += 1
    this.#times[at] = atMs
    this.#recipients[at] = message.recipient
    this.#numbers[at] = message.numberIndex
    this.#kindOf[at] = message.kindIndex
    this.#windows[at] = message.hadOpenWindow ? 1 : 0
    this.#opaques.push(message.opaque)
    const sequence = this.#firstSequence + at
    if (bodiesKept > 0) this.#keepBody(sequence, message.body, bodiesKept)
    return sequence
  }

  setState(sequence: number, state: DeliveryState, errorCode?: number): void {
    const at = this.#position(sequence)
    if (at === undefined) return
    const rank = DELIVERY_STATES.indexOf(state)
    // A status that arrives after a later one doesn't take it back, as on the customer's phone.
    if (rank > (this.#states[at] ?? 0)) this.#states[at] = rank
    if (errorCode !== undefined) this.#errors.set(sequence, errorCode)
  }

  setAnswered(sequence: number, answered: Answered): void {
    const at = this.#position(sequence)
    if (at !== undefined) this.#answers[at] = ANSWERS.indexOf(answered)
  }

  entry(sequence: number): LedgerEntry | undefined {
    const at = this.#position(sequence)
    return at === undefined ? undefined : this.entryAt(at)
  }

  /** A template outside the service window, at a position from 0 to size - 1. */
  countsTowardsLimit(at: number): boolean {
    return this.#windows[at] === 0 && this.kinds[this.#kindOf[at] ?? 0]?.type === 'template'
  }

  /** The entry at a position from 0 to size - 1, in order of acceptance. */
  entryAt(at: number): LedgerEntry | undefined {
    const kind = this.kinds[this.#kindOf[at] ?? 0]
    const phoneNumberId = this.numberIds[this.#numbers[at] ?? 0]
    if (at >= this.#size || kind === undefined || phoneNumberId === undefined) return undefined
    const sequence = this.#firstSequence + at
    const to = String(this.#recipients[at])
    return {
      sequence,
      wamid: this.wamids.outbound(to, sequence),
      phoneNumberId,
      to,
      acceptedMs: this.#times[at] ?? 0,
      kind,
      opaque: this.#opaques[at],
      hadOpenWindow: this.#windows[at] === 1,
      state: DELIVERY_STATES[this.#states[at] ?? 0] ?? 'accepted',
      errorCode: this.#errors.get(sequence),
      answered: ANSWERS[this.#answers[at] ?? 0] ?? 'answered',
      body: this.#bodies.get(sequence),
    }
  }

  entryOf(wamid: string): LedgerEntry | undefined {
    const sequence = this.wamids.sequenceOf(wamid)
    return sequence === undefined ? undefined : this.entry(sequence)
  }

  get firstSequence(): number {
    return this.#firstSequence
  }

  /** An empty ledger goes on where another ended. */
  goOnFrom(sequence: number): void {
    this.#firstSequence = sequence
  }

  /** Forgets the oldest beyond `entriesMax`. */
  keepNewest(entriesMax: number): void {
    const left = Math.max(0, this.#size - entriesMax)
    if (left === 0) return
    const columns = [this.#times, this.#recipients, this.#numbers, this.#kindOf, this.#states, this.#answers]
    for (const column of [...columns, this.#windows]) column.copyWithin(0, left, this.#size)
    for (const column of [this.#states, this.#answers]) column.fill(0, this.#size - left)
    this.#opaques = this.#opaques.slice(left)
    this.#size -= left
    this.#firstSequence += left
    for (const known of [this.#errors, this.#bodies])
      for (const sequence of known.keys()) if (sequence < this.#firstSequence) known.delete(sequence)
  }

  clear(): void {
    this.#firstSequence += this.#size
    this.#size = 0
    this.#states.fill(0)
    this.#answers.fill(0)
    this.#opaques = []
    this.#errors = new Map()
    this.#bodies = new Map()
  }

  #position(sequence: number): number | undefined {
    const at = sequence - this.#firstSequence
    return at >= 0 && at < this.#size ? at : undefined
  }

  #keepBody(sequence: number, body: Record<string, unknown>, bodiesKept: number): void {
    this.#bodies.set(sequence, body)
    this.#bodies.delete(sequence - bodiesKept)
  }

  #grow(): void {
    const capacity = this.#times.length * 2
    this.#times = widened(this.#times, new Float64Array(capacity))
    this.#recipients = widened(this.#recipients, new Float64Array(capacity))
    this.#numbers = widened(this.#numbers, new Uint16Array(capacity))
    this.#kindOf = widened(this.#kindOf, new Uint16Array(capacity))
    this.#states = widened(this.#states, new Uint8Array(capacity))
    this.#answers = widened(this.#answers, new Uint8Array(capacity))
    this.#windows = widened(this.#windows, new Uint8Array(capacity))
  }
}

function widened<Column extends Float64Array | Uint16Array | Uint8Array>(old: Column, wide: Column): Column {
  wide.set(old)
  return wide
}

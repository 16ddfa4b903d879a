import type { StatusKind } from '../src/server/messages/index.ts'
import type { OutgoingMessage, SendOutcome } from '../src/server/providers/index.ts'
import type { HubProcess } from './hub-process.ts'
import type { World } from './world.ts'

/** One message that the provider accepted. */
export interface Acceptance {
  external_id: string
  phone_number_id: string
  message_id: string
  attempt: number
  acceptedAtMs: number
}

/** One request as it left a hub. */
export interface Request {
  phone_number_id: string
  recipient: string
  message_id: string
  attempt: number
  arrivesAtMs: number
}

export interface Callback {
  phone_number_id: string
  external_id: string
  kind: StatusKind
  recipient: string
  tag: { message_id: string; attempt: number } | null
}

export interface ProviderWatch {
  /** A request goes out, if the provider can be reached. */
  begun(process: HubProcess, request: Request): void
  told(callback: Callback): void
}

/** Shares of requests that end in each way; the rest is accepted and answered. */
export interface ProviderTrouble {
  refused: number
  throttled: number
  pairLimited: number
  lostAnswer: number
  failedUnaccepted: number
  unreachable: number
  hangs: number
  /** Of accepted messages: those of which no callback ever comes. */
  silent: number
  /** How much longer than a millisecond a request or its answer takes on the way. */
  wayMs: number
  /** Of callbacks. */
  doubled: number
  late: number
  untagged: number
}

const calm: ProviderTrouble = {
  refused: 0,
  throttled: 0,
  pairLimited: 0,
  lostAnswer: 0,
  failedUnaccepted: 0,
  unreachable: 0,
  hangs: 0,
  silent: 0,
  wayMs: 40,
  doubled: 0,
  late: 0,
  untagged: 0,
}

type Fate = Exclude<keyof ProviderTrouble, 'silent' | 'wayMs' | 'doubled' | 'late' | 'untagged'> | 'accepted'

const fates = [
  'refused',
  'throttled',
  'pairLimited',
  'lostAnswer',
  'failedUnaccepted',
  'unreachable',
  'hangs',
] as const satisfies readonly Fate[]

/** Remembers everything it was sent, and answers, or does not, as the seed will have it. */
export class PretendedProvider {
  readonly requests: Request[] = []
  readonly ledger: Acceptance[] = []
  /** Messages of which at least one callback came or will come. */
  readonly told = new Set<string>()
  readonly #world: World
  readonly #watch: ProviderWatch
  #trouble: ProviderTrouble
  #pending = 0
  #isCalm = false
  #jammedUntilMs = Number.NEGATIVE_INFINITY

  constructor(world: World, trouble: ProviderTrouble, watch: ProviderWatch) {
    this.#world = world
    this.#trouble = trouble
    this.#watch = watch
  }

  /** Callbacks and slow acceptances still to come. */
  get pending(): number {
    return this.#pending
  }

  set(trouble: Partial<ProviderTrouble>): void {
    if (!this.#isCalm) this.#trouble = { ...this.#trouble, ...trouble }
  }

  /** Whatever arrives meanwhile arrives at its end, all together. */
  jam(ms: number): void {
    this.#jammedUntilMs = this.#world.nowMs + ms
  }

  /** From now on everything is accepted, answered and told, whatever else was meant to come. */
  calmDown(): void {
    this.#trouble = calm
    this.#isCalm = true
  }

  send(
    process: HubProcess,
    { phone_number_id, payload }: OutgoingMessage,
    timeoutMs: number,
  ): Promise<SendOutcome> {
    const tag = tagOf(payload.biz_opaque_callback_data)
    const { chance, nowMs } = this.#world
    const arrivesAtMs = Math.max(nowMs + this.#way(), this.#jammedUntilMs)
    const request = { phone_number_id, recipient: String(payload.to), ...tag, arrivesAtMs }
    const fate = this.#draw()
    return new Promise((resolve) => {
      const answer = (ms: number, outcome: SendOutcome) => process.in(ms, () => resolve(outcome))
      this.#watch.begun(process, request)
      if (fate === 'unreachable') return answer(chance.between(1, 50), { kind: 'unsent', reason: 'refused' })
      this.requests.push(request)
      if (fate === 'hangs') {
        answer(timeoutMs, { kind: 'unknown', reason: 'timeout', http_status: null })
        if (chance.number() < 0.5)
          this.#later(chance.between(0, timeoutMs + 5_000), () => this.#accept(request))
        return
      }
      this.#later(arrivesAtMs - nowMs, () => {
        const isAccepted = fate === 'accepted' || fate === 'lostAnswer'
        const externalId = isAccepted ? this.#accept(request) : null
        answer(this.#way(), outcomeOf(fate, externalId, chance.number()))
      })
    })
  }

  #way(): number {
    return 1 + this.#world.chance.between(0, this.#trouble.wayMs)
  }

  #draw(): Fate {
    let left = this.#world.chance.number()
    for (const fate of fates) {
      left -= this.#trouble[fate]
      if (left < 0) return fate
    }
    return 'accepted'
  }

  #accept({ phone_number_id, message_id, attempt, recipient }: Request): string {
    const external_id = `wamid.${this.ledger.length + 1}`
    this.ledger.push({ external_id, phone_number_id, message_id, attempt, acceptedAtMs: this.#world.nowMs })
    const { chance } = this.#world
    const isSilent = chance.number() < this.#trouble.silent
    const kinds: StatusKind[] = chance.number() < 0.1 ? ['sent', 'failed'] : ['sent', 'delivered', 'read']
    if (!isSilent) {
      this.told.add(message_id)
      for (const kind of kinds)
        this.#tell({ phone_number_id, external_id, kind, recipient, tag: { message_id, attempt } })
    }
    return external_id
  }

  #later(ms: number, run: () => void): void {
    this.#pending += 1
    this.#world.in(ms, () => {
      this.#pending -= 1
      run()
    })
  }

  #tell(callback: Callback): void {
    const { chance } = this.#world
    const { late, doubled, untagged } = this.#trouble
    const isUntagged = callback.kind === 'failed' && chance.number() < untagged
    const shown = isUntagged ? { ...callback, tag: null } : callback
    const times = chance.number() < doubled ? 2 : 1
    for (let time = 0; time < times; time += 1) {
      const delayMs = chance.number() < late ? chance.between(5_000, 25_000) : chance.between(0, 800)
      this.#later(delayMs, () => this.#watch.told(shown))
    }
  }
}

function outcomeOf(fate: Fate, externalId: string | null, draw: number): SendOutcome {
  const error = (code: string) => ({ code, title: code, detail: null })
  switch (fate) {
    case 'throttled':
      return {
        kind: 'later',
        error: error('130429'),
        retry_after_ms: draw < 0.3 ? 1_000 : null,
        http_status: 429,
      }
    case 'pairLimited':
      return { kind: 'later', error: error('131056'), retry_after_ms: null, http_status: 400 }
    case 'refused':
      return { kind: 'refused', error: error('131026'), http_status: 400 }
    case 'failedUnaccepted':
      return { kind: 'unknown', reason: 'http 503', http_status: 503 }
    default:
      return externalId === null || fate === 'lostAnswer'
        ? { kind: 'unknown', reason: 'reset', http_status: null }
        : { kind: 'accepted', external_id: externalId, held: false, wa_id: null, http_status: 200 }
  }
}

/** `v1.<16 bytes of the id>.<attempt>.<mac>` */
function tagOf(opaque: unknown): { message_id: string; attempt: number } {
  const [, token = '', attempt = ''] = String(opaque).split('.')
  return { message_id: `msg_${Buffer.from(token, 'base64url').toString('hex')}`, attempt: Number(attempt) }
}

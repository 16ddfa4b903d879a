import { type ClaimedMessage, priorities } from '../src/server/messages/index.ts'
import type { HubProcess } from './hub-process.ts'
import { isHeld } from './model/leases.ts'
import type { Attempt, Message, Tables } from './model/rows.ts'
import type { Request } from './provider.ts'

/** How long a process may still send what it had claimed before a list was paused. */
export const graceMs = 1_000

/** When something was forbidden, for whom, and until when. Kept by whoever forbids it, not by the code under test. */
export interface Ban {
  readonly concerns: (messageId: string) => boolean
  readonly why: string
  readonly fromMs: number
  untilMs: number
}

export interface Span {
  readonly fromMs: number
  untilMs: number
}

/** Looks over the shoulder of every process at the moment a request is written. */
export class Witness {
  readonly violations: string[] = []
  readonly bans: Ban[] = []
  /** Messages of unknown outcome of which a person said so, right or wrong; until a callback proved that they went. */
  readonly takenForNotSent = new Map<string, Span>()
  readonly #tables: Tables
  readonly #now: () => number
  /** By process and number: what it heard of and when, and which replies and API messages are not written yet. */
  readonly #lanes = new Map<string, { heardAtMs: Map<string, number>; direct: Set<string> }>()

  constructor(tables: Tables, now: () => number) {
    this.#tables = tables
    this.#now = now
  }

  ban(why: string, concerns: Ban['concerns']): Ban {
    const ban = { why, concerns, fromMs: this.#now(), untilMs: Number.POSITIVE_INFINITY }
    this.bans.push(ban)
    return ban
  }

  takeForNotSent(messageId: string): void {
    this.takenForNotSent.set(messageId, { fromMs: this.#now(), untilMs: Number.POSITIVE_INFINITY })
  }

  /** A callback has come. */
  told(): void {
    for (const [id, span] of this.takenForNotSent)
      if (this.#tables.messages.get(id)?.state === 'accepted')
        span.untilMs = Math.min(span.untilMs, this.#now())
  }

  /** A claim has told this process of its intents. */
  heard(process: HubProcess, intents: readonly ClaimedMessage[]): void {
    for (const { id, attempt, priority } of intents) {
      const number = this.#tables.messages.get(id)?.number_id
      const lane = this.#lanes.get(`${process.name}|${number}`) ?? { heardAtMs: new Map(), direct: new Set() }
      this.#lanes.set(`${process.name}|${number}`, lane)
      lane.heardAtMs.set(`${id}|${attempt}`, this.#now())
      if (priority !== priorities.bulk) lane.direct.add(`${id}|${attempt}`)
    }
  }

  /** Called as a request is begun. */
  begun(process: HubProcess, { message_id, attempt }: Pick<Request, 'message_id' | 'attempt'>): void {
    const row = this.#tables.messages.get(message_id)
    const tried = this.#tables.attempts.get(message_id)?.[attempt - 1]
    const name = `${message_id} attempt ${attempt} by ${process.name}`
    if (row === undefined || tried === undefined || tried.outcome !== null) {
      this.#complain(`I2 written without an open intent (${tried?.outcome ?? 'none'})`, name)
      return
    }
    const { epoch, owner } = tried
    if (!isHeld(this.#tables, this.#now(), { key: row.number_id, epoch, owner }))
      this.#complain('I10 written under a lost lease', name)
    this.#checkBans(name, tried)
    this.#checkOrder(process, name, row, attempt)
  }

  #checkBans(name: string, { message_id, intent_at }: Attempt): void {
    const nowMs = this.#now()
    for (const { why, concerns, fromMs, untilMs } of this.bans) {
      if (!concerns(message_id)) continue
      const at = `${name}, ${Math.round(nowMs - fromMs)} ms after`
      if (intent_at > fromMs && intent_at < untilMs) this.#complain(`I9 claimed although ${why}`, at)
      if (nowMs > fromMs + graceMs && nowMs < untilMs) this.#complain(`I9 written although ${why}`, at)
    }
  }

  /** A list's message that a process had before a reply must not go before it; given back they are both. */
  #checkOrder(
    process: HubProcess,
    name: string,
    { id, priority, number_id }: Message,
    attempt: number,
  ): void {
    const lane = this.#lanes.get(`${process.name}|${number_id}`)
    const mine = lane?.heardAtMs.get(`${id}|${attempt}`)
    lane?.direct.delete(`${id}|${attempt}`)
    if (lane === undefined || mine === undefined || priority !== priorities.bulk) return
    const overtaken = [...lane.direct].filter((other) => (lane.heardAtMs.get(other) ?? 0) >= mine)
    if (overtaken.length > 0) this.#complain(`bulk before ${overtaken.length} replies`, name)
  }

  #complain(what: string, where: string): void {
    this.violations.push(`${what}: ${where} at ${Math.round(this.#now())} ms`)
  }
}

import { Agent, request } from 'undici'
import type { Chance } from '../world/chance.ts'
import { nowMs } from '../world/clock.ts'
import type { Settings } from '../world/settings.ts'
import { encodeCallback, signCallback } from './encode-callback.ts'
import { envelopeOf, type Update } from './updates.ts'

interface Parcel {
  bytes: Buffer
  updates: number
  attempts: number
  firstTriedMs: number
  onHeard: readonly (() => void)[]
}

export interface CallbackTarget {
  url: string
  appSecret: string
}

export interface QueueReport {
  url: string
  waiting: number
  retrying: number
  in_flight: number
  callbacks_accepted: number
  updates_accepted: number
  failed_attempts: number
  given_up: number
  last_status: number | null
  last_error: string | null
}

/**
 * Callbacks to one address. What waits while others are in flight goes together, up to the batch size.
 * A callback that isn't answered 200 comes again, Meta's days of back-off compressed to seconds; an address
 * nobody listens at is probed with one callback until it answers.
 */
export class CallbackQueue {
  readonly target: CallbackTarget
  readonly #settings: Settings
  readonly #chance: Chance
  readonly #agent = new Agent({ keepAliveTimeout: 10_000, connect: { timeout: 5_000 } })
  #waiting: Update[] = []
  #head = 0
  #retryNow: Parcel[] = []
  #retryLater = 0
  #inFlight = 0
  #unreachable = 0
  #isPaused = false
  #isClosed = false
  #fillTimer: NodeJS.Timeout | undefined
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #counts = { callbacks_accepted: 0, updates_accepted: 0, failed_attempts: 0, given_up: 0 }
  #lastStatus: number | null = null
  #lastError: string | null = null

  constructor(target: CallbackTarget, settings: Settings, chance: Chance) {
    this.target = target
    this.#settings = settings
    this.#chance = chance
  }

  add(update: Update): void {
    this.#waiting.push(update)
    const { batch_wait_ms: waitMs, batch_size: batchSize } = this.#settings
    if (waitMs === 0 || this.#waiting.length - this.#head >= batchSize) this.#pump()
    else this.#fillTimer ??= setTimeout(() => this.#pump(), waitMs)
  }

  /** A body made elsewhere, sent as it is. */
  addBytes(bytes: Buffer, onHeard: (() => void) | undefined): void {
    const heard = onHeard === undefined ? [] : [onHeard]
    this.#retryNow.push({ bytes, updates: 1, attempts: 0, firstTriedMs: nowMs(), onHeard: heard })
    this.#pump()
  }

  report(): QueueReport {
    return {
      url: this.target.url,
      waiting: this.#waiting.length - this.#head,
      retrying: this.#retryNow.length + this.#retryLater,
      in_flight: this.#inFlight,
      ...this.#counts,
      last_status: this.#lastStatus,
      last_error: this.#lastError,
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#fillTimer)
    for (const timer of this.#timers) clearTimeout(timer)
    await this.#agent.destroy()
  }

  #pump(): void {
    clearTimeout(this.#fillTimer)
    this.#fillTimer = undefined
    while (this.#mayStart()) {
      const parcel = this.#retryNow.shift() ?? this.#pack()
      if (parcel === undefined) return
      this.#inFlight += 1
      void this.#deliver(parcel).then(() => {
        this.#inFlight -= 1
        this.#pump()
      })
    }
  }

  #mayStart(): boolean {
    if (this.#isClosed || this.#isPaused) return false
    // After a failure to connect one callback probes; the rest wait for its answer.
    const concurrency = this.#unreachable > 0 ? 1 : this.#settings.callback_concurrency
    return this.#inFlight < concurrency
  }

  #pack(): Parcel | undefined {
    const updates = this.#waiting.slice(this.#head, this.#head + this.#settings.batch_size)
    if (updates.length === 0) return undefined
    this.#head += updates.length
    if (this.#head > 4096 && this.#head * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#head)
      this.#head = 0
    }
    const bytes = encodeCallback(envelopeOf(updates))
    const onHeard = updates.flatMap((update) => update.onHeard ?? [])
    return { bytes, updates: updates.length, attempts: 0, firstTriedMs: nowMs(), onHeard }
  }

  async #deliver(parcel: Parcel): Promise<void> {
    try {
      const status = await this.#post(parcel.bytes)
      this.#unreachable = 0
      this.#lastStatus = status
      if (status === 200) this.#settle(parcel)
      else this.#tryLater(parcel)
    } catch (error) {
      if (this.#isClosed) return
      this.#lastError = error instanceof Error ? error.message : String(error)
      this.#unreachable += 1
      this.#pause(parcel)
    }
  }

  async #post(bytes: Buffer): Promise<number> {
    const { url, appSecret } = this.target
    const response = await request(url, {
      method: 'POST',
      dispatcher: this.#agent,
      headersTimeout: this.#settings.callback_timeout_ms,
      bodyTimeout: this.#settings.callback_timeout_ms,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'facebookexternalua',
        'x-hub-signature-256': signCallback(bytes, appSecret),
      },
      body: bytes,
    })
    await response.body.dump()
    return response.statusCode
  }

  #settle(parcel: Parcel): void {
    this.#counts.callbacks_accepted += 1
    this.#counts.updates_accepted += parcel.updates
    for (const tell of parcel.onHeard) tell()
  }

  #tryLater(parcel: Parcel): void {
    if (this.#isTooOld(parcel)) return
    this.#retryLater += 1
    this.#later(this.#backOffMs(parcel.attempts), () => {
      this.#retryLater -= 1
      this.#retryNow.push(parcel)
    })
  }

  #pause(parcel: Parcel): void {
    if (this.#isTooOld(parcel)) return
    this.#retryNow.push(parcel)
    if (this.#isPaused) return
    this.#isPaused = true
    this.#later(this.#backOffMs(this.#unreachable), () => {
      this.#isPaused = false
    })
  }

  #isTooOld(parcel: Parcel): boolean {
    parcel.attempts += 1
    this.#counts.failed_attempts += 1
    if (nowMs() - parcel.firstTriedMs < this.#settings.callback_retry_for_ms) return false
    this.#counts.given_up += 1
    for (const forget of parcel.onHeard) forget()
    return true
  }

  #backOffMs(attempts: number): number {
    const { callback_retry_first_ms: firstMs, callback_retry_max_ms: maxMs } = this.#settings
    const backOffMs = Math.min(maxMs, firstMs * 2 ** Math.min(20, attempts - 1))
    return this.#chance.spread(backOffMs, 0.25)
  }

  #later(delayMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      act()
      this.#pump()
    }, delayMs)
    this.#timers.add(timer)
  }
}

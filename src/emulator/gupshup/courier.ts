import { Agent, request } from 'undici'
import type { Update } from '../callbacks/updates.ts'
import { whenEach } from '../callbacks/when-each.ts'
import type { Journal } from '../journal/journal.ts'
import { nowMs } from '../world/clock.ts'
import type { GupshupApp } from '../world/gupshup-apps.ts'
import type { World } from '../world/world.ts'
import { deliveryEventOf } from './delivery-event.ts'
import { passThrough } from './pass-through.ts'
import { type GupshupEvent, wordUpdate } from './word-update.ts'

interface Parcel {
  app: GupshupApp
  contentType: string
  body: string
  attempts: number
  firstTriedMs: number
  onHeard: (() => void) | undefined
}

interface CourierReport {
  accepted: number
  /** Answers that were 2xx but not empty, which Gupshup doesn't want. */
  non_empty_answers: number
  failed_attempts: number
  given_up: number
  last_status: number | null
}

const CONCURRENCY = 16

function openAgent(): Agent {
  return new Agent({ keepAliveTimeout: 10_000, connect: { timeout: 5_000 } })
}

/** Brings callbacks to the hubs of Gupshup's apps: unsigned, one event each, again when the answer is no 2xx in time. */
export class GupshupCourier {
  readonly #world: World
  readonly #journal: Journal | undefined
  readonly #url: () => string
  #agent = openAgent()
  readonly #reports = new Map<string, CourierReport>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #waiting: Parcel[] = []
  #inFlight = 0

  constructor(world: World, journal: Journal | undefined, url: () => string) {
    this.#world = world
    this.#journal = journal
    this.#url = url
  }

  /** One thing to tell, in the form the app has chosen. */
  tell(app: GupshupApp, update: Update): void {
    const events = this.#eventsOf(app, update)
    const delivery = app.callback.deliveryEvents === 'off' ? undefined : deliveryEventOf(app, update)
    const onEach = whenEach(events.length + (delivery === undefined ? 0 : 1), update.onHeard)
    for (const event of events) this.#post(app, event, onEach)
    if (delivery !== undefined) this.#postDelivery(app, delivery, onEach)
  }

  /** An event that Meta knows nothing of. */
  tellEvent(
    app: GupshupApp,
    event: GupshupEvent,
    onHeard = this.#journal?.owe({ gupshupAppWaba: app.wabaId, event }),
  ): void {
    this.#post(app, event, onHeard)
  }

  #eventsOf(app: GupshupApp, update: Update): object[] {
    const { gupshup_omit_gs_id: isBare } = this.#world.settings
    if (app.callback.version === 3) return [passThrough(app, update, isBare)]
    const { wamids } = this.#world.ledger
    const isOurs = (wamid: string) => wamids.sequenceOf(wamid) !== undefined
    return wordUpdate(app, update, { isBare, isOurs, emulatorUrl: this.#url() }).events
  }

  reportOf(app: GupshupApp): CourierReport {
    const known = this.#reports.get(app.id)
    if (known !== undefined) return known
    const report = { accepted: 0, non_empty_answers: 0, failed_attempts: 0, given_up: 0, last_status: null }
    this.#reports.set(app.id, report)
    return report
  }

  /** Drops what is on its way; what is told afterwards goes out as ever. */
  async close(): Promise<void> {
    this.#waiting = []
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    const agent = this.#agent
    this.#agent = openAgent()
    await agent.destroy()
  }

  #postDelivery(app: GupshupApp, delivery: object, onHeard: Parcel['onHeard']): void {
    const { deliveryEvents } = app.callback
    if (deliveryEvents === 'form') {
      const body = new URLSearchParams({ response: JSON.stringify([delivery]) }).toString()
      this.#enqueue({ app, contentType: 'application/x-www-form-urlencoded', body, onHeard })
    } else this.#post(app, deliveryEvents === 'array' ? [delivery] : delivery, onHeard)
  }

  #post(app: GupshupApp, body: object, onHeard: Parcel['onHeard']): void {
    this.#enqueue({ app, contentType: 'application/json', body: JSON.stringify(body), onHeard })
  }

  #enqueue(content: Omit<Parcel, 'attempts' | 'firstTriedMs'>): void {
    const parcel = { ...content, attempts: 0, firstTriedMs: nowMs() }
    const delayMs = this.#world.settings.gupshup_callback_delay_ms
    if (delayMs === 0) this.#add(parcel)
    else this.#later(delayMs, parcel)
  }

  #later(delayMs: number, parcel: Parcel): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#add(parcel)
    }, delayMs)
    this.#timers.add(timer)
  }

  #add(parcel: Parcel): void {
    this.#waiting.push(parcel)
    while (this.#inFlight < CONCURRENCY) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      this.#inFlight += 1
      void this.#deliver(next).then(() => {
        this.#inFlight -= 1
        const following = this.#waiting.shift()
        if (following !== undefined) this.#add(following)
      })
    }
  }

  async #deliver(parcel: Parcel): Promise<void> {
    const { url } = parcel.app.callback
    if (url === undefined) return parcel.onHeard?.()
    const report = this.reportOf(parcel.app)
    const isTaken = await this.#ask(url, parcel, report).catch(() => false)
    if (isTaken) {
      report.accepted += 1
      parcel.onHeard?.()
      return
    }
    report.failed_attempts += 1
    this.#tryAgain(parcel, report)
  }

  async #ask(url: string, { contentType, body }: Parcel, report: CourierReport): Promise<boolean> {
    const timeoutMs = this.#world.settings.gupshup_callback_timeout_ms
    const response = await request(url, {
      method: 'POST',
      dispatcher: this.#agent,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      headers: { 'content-type': contentType, 'user-agent': 'Gupshup' },
      body,
    })
    const answer = await response.body.text()
    report.last_status = response.statusCode
    const isTaken = response.statusCode >= 200 && response.statusCode < 300
    if (isTaken && answer !== '') report.non_empty_answers += 1
    return isTaken
  }

  #tryAgain(parcel: Parcel, report: CourierReport): void {
    const { settings } = this.#world
    parcel.attempts += 1
    if (nowMs() - parcel.firstTriedMs >= settings.callback_retry_for_ms) {
      report.given_up += 1
      parcel.onHeard?.()
      return
    }
    const backOffMs = settings.callback_retry_first_ms * 2 ** Math.min(20, parcel.attempts - 1)
    this.#later(Math.min(settings.callback_retry_max_ms, backOffMs), parcel)
  }
}

import type { FastifyInstance } from 'fastify'
import { nowMs } from '../world/clock.ts'

interface Standstill {
  from_ms: number
  to_ms: number
}

const BEAT_MS = 20
/** A beat that comes later than this was held up. */
const LATE_MS = 45
const KEPT_MAX = 50_000

/**
 * Spans in which this process did nothing. What came in meanwhile is taken for having come at their end, so whoever counts
 * messages by the second needs to know of them. Looked for from the first time that somebody asks.
 */
class Standstills {
  readonly #seen: Standstill[] = []
  #timer: NodeJS.Timeout | undefined
  #lastBeatMs = 0

  list(): readonly Standstill[] {
    this.#watch()
    return this.#seen
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #watch(): void {
    if (this.#timer !== undefined) return
    this.#lastBeatMs = nowMs()
    this.#timer = setInterval(() => this.#beat(), BEAT_MS)
  }

  #beat(): void {
    const to_ms = nowMs()
    const from_ms = this.#lastBeatMs
    this.#lastBeatMs = to_ms
    if (to_ms - from_ms < LATE_MS) return
    if (this.#seen.length === KEPT_MAX) this.#seen.shift()
    this.#seen.push({ from_ms, to_ms })
  }
}

/** `GET /_control/standstills` */
export function registerStandstillRoutes(http: FastifyInstance): void {
  const standstills = new Standstills()
  http.get('/_control/standstills', async () => ({ data: standstills.list() }))
  http.addHook('onClose', async () => standstills.close())
}

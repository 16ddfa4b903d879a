import type { ContactId } from '../../contract/index.ts'
import { pairLimits } from '../providers/index.ts'

const { refillMs, burst } = pairLimits
const sweepAbove = 20_000
/** From so many messages at once a pair is worth remembering beyond this process, and then after so many more. */
const crowd = { from: 15, step: 10 }

interface Pair {
  /** When as many as the burst could go again. */
  freeAtMs: number
  /** The end of the places that were promised to messages put off. */
  promisedToMs: number
  /** The part of `freeAtMs` that others know of. */
  knownToMs: number
}

/** Somebody who just got many messages, and how long some of these still count. */
export interface CrowdedPair {
  contact_id: ContactId
  free_in_ms: number
}

/**
 * What one number may send to each person, so that WhatsApp need not refuse it. Who got many at once is handed on to the
 * next process; what that does not know, and where WhatsApp counts otherwise, its refusals teach.
 */
export class PairLimit {
  readonly #pairs = new Map<ContactId, Pair>()
  readonly #untold = new Set<ContactId>()
  #sweepAbove = sweepAbove

  admits(person: ContactId, nowMs: number): boolean {
    const pair = this.#pairs.get(person)
    return pair === undefined || nextAtMs(pair) <= nowMs
  }

  take(person: ContactId, nowMs: number): void {
    const pair = this.#pairOf(person, nowMs)
    this.#set(person, { ...pair, freeAtMs: Math.max(pair.freeAtMs, nowMs) + refillMs }, nowMs)
  }

  /** How long one more has to wait. Each of those that wait gets a place of its own, but a reply takes the next of all. */
  putOff(person: ContactId, nowMs: number, { isReply = false } = {}): number {
    const pair = this.#pairOf(person, nowMs)
    if (isReply) return Math.max(0, nextAtMs(pair) - nowMs)
    const placeAtMs = Math.max(nextAtMs(pair), pair.promisedToMs, nowMs)
    this.#set(person, { ...pair, promisedToMs: placeAtMs + refillMs }, nowMs)
    return placeAtMs - nowMs
  }

  /** WhatsApp says that there were too many. */
  exhausted(person: ContactId, nowMs: number): void {
    this.#set(person, { ...this.#pairOf(person, nowMs), freeAtMs: nowMs + burst * refillMs }, nowMs)
  }

  /** What another process sent, or a status told. */
  learn({ contact_id, free_in_ms }: CrowdedPair, nowMs: number): void {
    const pair = this.#pairOf(contact_id, nowMs)
    const toldMs = nowMs + free_in_ms
    const freeAtMs = Math.max(pair.freeAtMs, toldMs)
    this.#set(contact_id, { ...pair, freeAtMs, knownToMs: Math.max(pair.knownToMs, toldMs) }, nowMs)
  }

  /** Those of whom others should know more than they do. */
  untold(nowMs: number): CrowdedPair[] {
    return [...this.#untold].map((contact_id) => ({
      contact_id,
      free_in_ms: Math.max(0, (this.#pairs.get(contact_id)?.freeAtMs ?? nowMs) - nowMs),
    }))
  }

  /** Now others know of these, as they were at `nowMs`. */
  told(pairs: readonly CrowdedPair[], nowMs: number): void {
    for (const { contact_id, free_in_ms } of pairs) {
      this.#untold.delete(contact_id)
      const pair = this.#pairs.get(contact_id)
      if (pair !== undefined) pair.knownToMs = nowMs + free_in_ms
    }
  }

  #pairOf(person: ContactId, nowMs: number): Pair {
    return this.#pairs.get(person) ?? { freeAtMs: nowMs, promisedToMs: nowMs, knownToMs: nowMs }
  }

  #set(person: ContactId, pair: Pair, nowMs: number): void {
    this.#pairs.set(person, pair)
    const isCrowded = pair.freeAtMs - nowMs >= crowd.from * refillMs
    if (isCrowded && pair.freeAtMs - pair.knownToMs >= crowd.step * refillMs) this.#untold.add(person)
    if (this.#pairs.size <= this.#sweepAbove) return
    for (const [key, { freeAtMs }] of this.#pairs) if (freeAtMs <= nowMs) this.#pairs.delete(key)
    this.#sweepAbove = Math.max(sweepAbove, this.#pairs.size * 2)
  }
}

function nextAtMs({ freeAtMs }: Pair): number {
  return freeAtMs - (burst - 1) * refillMs
}

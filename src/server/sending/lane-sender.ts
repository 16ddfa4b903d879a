import type { ContactId, NumberId } from '../../contract/index.ts'
import { isUserId } from '../contacts/index.ts'
import { type ClaimedMessage, priorities } from '../messages/index.ts'
import type { Lane } from '../platform/index.ts'
import { isPairLimit } from '../providers/index.ts'
import { Flow } from './flow.ts'
import { LaneBuffer, type WaitingIntent } from './lane-buffer.ts'
import type { LaneCtx } from './lane-ctx.ts'
import type { LaneTarget } from './lane-store.ts'
import type { OutcomeRecorder } from './outcome-recorder.ts'
import type { PairLimit } from './pair-limit.ts'
import { putOff, sendClaimed } from './send-claimed.ts'
import { sendLimit } from './send-limit.ts'
import type { Slots } from './slots.ts'
import type { SlowDown } from './slow-down.ts'
import type { UnwrittenIntents } from './unwritten-intents.ts'

/** What the lanes of a process share, and what outlives each of them. */
export interface LaneParts {
  recorder: OutcomeRecorder
  unwritten: UnwrittenIntents
  slots: Slots
  /** Of this number: a stop asked for by the provider holds for the next lane as well. */
  slowDown: SlowDown
  /** Of this number too. */
  pairs: PairLimit
}

export interface LaneSenderOptions {
  ctx: LaneCtx
  lane: Lane
  numberId: NumberId
  to: LaneTarget
  parts: LaneParts
  /** It is time to claim more. */
  onRoom: () => void
}

/** Places beyond the limit that replies and API messages may take while bulk fills the lane. */
const reservedForDirect = 8
/**
 * A pause, an opt-out or a reply is felt after this at the latest: what waited longer, here or for a socket, is claimed anew,
 * if it still may go.
 */
const waitMaxMs = 1_000
/**
 * Nothing is begun in the last part of a lease: the next owner may send as fast as the limit allows from its first moment,
 * so what this one began must have arrived more than a second before. With the lane's own margin it is 1.2 s.
 */
const quietBeforeEndMs = 500
const renewalLookMs = 20
/** Under this a timer costs more than it is exact; the bucket makes up for it. */
const timerMsMin = 4

/** Sends committed intents, each once, as fast as the number may; what it does not come to goes back. */
export class LaneSender {
  readonly #options: LaneSenderOptions
  readonly #flow: Flow
  readonly #buffer = new LaneBuffer()
  readonly #inFlight = new Set<Promise<void>>()
  #to: LaneTarget
  #inboundPerSecond = 0
  #hasTimer = false

  constructor(options: LaneSenderOptions) {
    this.#options = options
    this.#to = options.to
    this.#flow = new Flow(options.parts.slowDown, this.#limitPerSecond, this.#nowMs())
  }

  get isIdle(): boolean {
    return this.#inFlight.size === 0 && this.#buffer.size === 0
  }

  /** How many bulk intents more it makes sense to claim; 0 while enough of them are still here. */
  get bulkRoom(): number {
    const { aheadMin, aheadMax } = this.#flow
    return this.#buffer.bulkSize > aheadMin ? 0 : aheadMax - this.#buffer.bulkSize
  }

  get msStopped(): number {
    return this.#flow.msStopped(this.#nowMs())
  }

  setConnection(to: LaneTarget): void {
    this.#to = to
    this.#flow.setLimit(this.#limitPerSecond)
  }

  /** What customers write counts in the limit. */
  setInbound(perSecond: number): void {
    this.#inboundPerSecond = perSecond
    this.#flow.setLimit(this.#limitPerSecond)
  }

  /** How many replies and API messages it makes sense to claim. */
  get directRoom(): number {
    return Math.max(0, this.#flow.aheadMax - this.#buffer.directSize)
  }

  /** From the wish for more of a list to its intents in hand. */
  claimed(tookMs: number): void {
    this.#flow.claimed(tookMs)
  }

  /** `askedAtMs`: before they were claimed. */
  add(intents: readonly ClaimedMessage[], askedAtMs: number): void {
    this.#options.parts.unwritten.heardOf(this.#options.numberId, intents)
    this.#buffer.add(intents, askedAtMs)
    this.#pump()
  }

  /**
   * Takes no more, gives back what was not begun, and waits until every request has its outcome; and then until the next
   * owner may send at once.
   */
  async close(): Promise<void> {
    this.#giveBack()
    await Promise.all(this.#inFlight)
    await this.#options.ctx.clock.sleep(this.#flow.msUntilNoneCounts(this.#nowMs()))
  }

  readonly #pump = (): void => {
    const { lane, parts, onRoom } = this.#options
    for (let next = this.#buffer.peek(); next !== undefined; next = this.#buffer.peek()) {
      // Past the local end of the lease another process may be sending already: nothing is begun any more.
      if (!lane.isValid() || this.msStopped > 0 || !this.#isFresh(next)) {
        this.#giveBack()
        return
      }
      if (!this.#mayBegin()) {
        this.#pumpIn(renewalLookMs)
        return
      }
      if (this.#putOffForPair(next.message)) continue
      if (this.#inFlight.size >= this.#placesFor(next.message)) return
      if (!parts.slots.take(this.#pump)) return
      const waitMs = this.#flow.take(this.#nowMs())
      if (waitMs > 0) {
        parts.slots.release()
        this.#pumpIn(waitMs)
        return
      }
      this.#buffer.shift()
      this.#launch(next)
      if (this.bulkRoom > 0) onRoom()
    }
  }

  /** Too many to one person: others go meanwhile. */
  #putOffForPair(message: ClaimedMessage): boolean {
    const { numberId, parts } = this.#options
    const person = personOf(message)
    if (person === null || parts.pairs.admits(person, this.#nowMs())) return false
    this.#buffer.shift()
    const isReply = message.priority === priorities.reply
    parts.recorder.add(putOff(numberId, message, parts.pairs.putOff(person, this.#nowMs(), { isReply })))
    return true
  }

  #placesFor(message: ClaimedMessage): number {
    return this.#flow.inFlightMax + (message.priority === priorities.bulk ? 0 : reservedForDirect)
  }

  #pumpIn(waitMs: number): void {
    if (this.#hasTimer) return
    this.#hasTimer = true
    this.#options.ctx.clock.sleep(Math.max(timerMsMin, waitMs)).then(() => {
      this.#hasTimer = false
      this.#pump()
    })
  }

  #launch(intent: WaitingIntent): void {
    const { ctx, numberId, parts } = this.#options
    const takenAtMs = this.#nowMs()
    const person = personOf(intent.message)
    if (person !== null) parts.pairs.take(person, takenAtMs)
    let sentAtMs = takenAtMs
    const mayBegin = () => {
      sentAtMs = this.#nowMs()
      return this.#mayBegin() && this.#isFresh(intent)
    }
    const sending = sendClaimed(ctx, { numberId, to: this.#to, mayBegin }, intent.message).then(
      ({ answer, outcome }) => {
        parts.recorder.add(outcome)
        const nowMs = this.#nowMs()
        this.#flow.ended(answer, { takenAtMs, sentAtMs }, nowMs)
        const isTooMany = answer.kind === 'later' && isPairLimit(answer.error.code)
        if (isTooMany && person !== null) parts.pairs.exhausted(person, nowMs)
        this.#inFlight.delete(sending)
        parts.slots.release()
        this.#pump()
      },
    )
    this.#inFlight.add(sending)
  }

  #mayBegin(): boolean {
    return this.#options.lane.isValid(quietBeforeEndMs)
  }

  #isFresh({ sinceMs }: WaitingIntent): boolean {
    return this.#nowMs() - sinceMs <= waitMaxMs
  }

  #giveBack(): void {
    this.#options.parts.unwritten.giveBack(this.#buffer.takeAll())
  }

  get #limitPerSecond(): number {
    const { pace_limit_per_second: allowedPerSecond, pace_override_per_second: wantedPerSecond } =
      this.#to.number
    return sendLimit({ allowedPerSecond, wantedPerSecond, inboundPerSecond: this.#inboundPerSecond })
  }

  #nowMs(): number {
    return this.#options.ctx.clock.monotonicMs()
  }
}

/** Who counts in the limit of a pair; null for a group. */
function personOf({ to_phone, to_user_id, contact_id }: ClaimedMessage): ContactId | null {
  return to_phone !== null || (to_user_id !== null && isUserId(to_user_id)) ? contact_id : null
}

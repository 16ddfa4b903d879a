import type { ClaimedMessage } from '../messages/index.ts'
import type { Lane } from '../platform/index.ts'
import type { LaneCtx } from './lane-ctx.ts'

const tryEveryMs = 500
/** The database may still be at a claim whose connection broke; after this it has ended, one way or the other. */
export const doubtMs = 5_000
const stopWithinMs = 3_000

/** What giving back needs of its surroundings. */
export type UnwrittenCtx = Pick<LaneCtx, 'clock' | 'log'> & {
  store: Pick<LaneCtx['store'], 'release' | 'releaseUnheard' | 'now'>
}

interface Doubt {
  lane: Lane
  endsAtMs: number
}

/**
 * Intents of which this process knows that no byte was written: those it did not come to, and those of a claim whose
 * answer was lost. They go back to the queue as soon as the database can be reached; if the process dies before, they
 * become `unknown`, which is safe.
 */
export class UnwrittenIntents {
  readonly #ctx: UnwrittenCtx
  readonly #heardOf = new Map<string, { numberId: string; attempt: number }>()
  readonly #stopping = new AbortController()
  readonly #running: Promise<void>
  #givenBack: ClaimedMessage[] = []
  #doubts: Doubt[] = []

  constructor(ctx: UnwrittenCtx) {
    this.#ctx = ctx
    this.#running = this.#run()
  }

  /** These came with a claim's answer: from now on their lane decides about them. */
  heardOf(numberId: string, intents: readonly ClaimedMessage[]): void {
    for (const { id, attempt } of intents) this.#heardOf.set(id, { numberId, attempt })
  }

  /** What became of these attempts is in the database. */
  settled(attempts: readonly { message_id: string; attempt: number }[]): void {
    for (const { message_id, attempt } of attempts) {
      if (this.#heardOf.get(message_id)?.attempt === attempt) this.#heardOf.delete(message_id)
    }
  }

  giveBack(intents: readonly ClaimedMessage[]): void {
    this.#givenBack.push(...intents)
  }

  /**
   * Gives back what a claim of this lane may have committed without our knowing. Only while no other claim of the lane
   * is under way: its intents would look the same until they are heard of.
   */
  async resolveDoubt(lane: Lane): Promise<void> {
    const before = await this.#ctx.store.now()
    const heardOfIds = [...this.#heardOf].flatMap(([id, { numberId }]) => (numberId === lane.key ? [id] : []))
    const requeued = await this.#ctx.store.releaseUnheard(lane, { heardOfIds, before })
    if (requeued > 0)
      this.#ctx.log.info({ number_id: lane.key, requeued }, 'intents of a lost claim given back')
  }

  /** The lane has ended and claims no more: its doubt is resolved from here. */
  inheritDoubt(lane: Lane, endsAtMs: number): void {
    this.#doubts.push({ lane, endsAtMs })
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
    const { clock } = this.#ctx
    const endMs = clock.monotonicMs() + stopWithinMs
    while (!(await this.#settle()) && clock.monotonicMs() < endMs) await clock.sleep(tryEveryMs)
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.#settle()
      await this.#ctx.clock.sleep(tryEveryMs, this.#stopping.signal)
    }
  }

  /** True when nothing is left for a better moment. */
  async #settle(): Promise<boolean> {
    try {
      await this.#release()
      for (const { lane } of this.#doubts) await this.resolveDoubt(lane)
      const nowMs = this.#ctx.clock.monotonicMs()
      this.#doubts = this.#doubts.filter((doubt) => doubt.endsAtMs > nowMs)
      return true
    } catch (error) {
      this.#ctx.log.warn({ error, intents: this.#givenBack.length }, 'unwritten intents not given back yet')
      return false
    }
  }

  async #release(): Promise<void> {
    while (this.#givenBack.length > 0) {
      const batch = this.#givenBack.slice(0, 1_000)
      await this.#ctx.store.release(batch)
      this.#givenBack.splice(0, batch.length)
      this.settled(batch.map(({ id, attempt }) => ({ message_id: id, attempt })))
    }
  }
}

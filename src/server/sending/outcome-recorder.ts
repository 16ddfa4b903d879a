import type { AttemptOutcome } from '../messages/index.ts'
import type { LaneCtx } from './lane-ctx.ts'

/** What recording needs of its surroundings. */
export type RecorderCtx = Pick<LaneCtx, 'clock' | 'log'> & { store: Pick<LaneCtx['store'], 'record'> }

const collectMs = 10
const batchMax = 1_000
const retryMs = 300

/**
 * Writes outcomes of all lanes of this process in batches. An outcome is kept until the database has it, however long
 * that takes: it is the only proof of what happened.
 */
export class OutcomeRecorder {
  readonly #ctx: RecorderCtx
  readonly #onRecorded: (outcomes: readonly AttemptOutcome[]) => void
  #waiting: AttemptOutcome[] = []
  #writing: Promise<void> | null = null

  constructor(ctx: RecorderCtx, onRecorded: (outcomes: readonly AttemptOutcome[]) => void) {
    this.#ctx = ctx
    this.#onRecorded = onRecorded
  }

  add(outcome: AttemptOutcome): void {
    this.#waiting.push(outcome)
    this.#writing ??= this.#writeAll()
  }

  get backlog(): number {
    return this.#waiting.length
  }

  /** Resolves when everything added so far is in the database. */
  async drained(): Promise<void> {
    while (this.#writing) await this.#writing
  }

  async #writeAll(): Promise<void> {
    // What comes in while one batch is written goes with the next; the pause is for the first of them only.
    await this.#ctx.clock.sleep(collectMs)
    while (this.#waiting.length > 0) {
      await this.#write(this.#waiting.splice(0, batchMax))
    }
    this.#writing = null
  }

  async #write(batch: readonly AttemptOutcome[]): Promise<void> {
    for (;;) {
      try {
        await this.#ctx.store.record(batch)
        return this.#onRecorded(batch)
      } catch (error) {
        if (isAboutTheData(error)) return this.#divide(batch, error)
        this.#ctx.log.warn({ error, outcomes: batch.length }, 'outcomes not recorded yet')
        await this.#ctx.clock.sleep(retryMs)
      }
    }
  }

  /** One row that the database refuses must not keep a thousand others from being written. */
  async #divide(batch: readonly AttemptOutcome[], error: unknown): Promise<void> {
    const [only] = batch
    if (batch.length > 1) {
      const half = Math.ceil(batch.length / 2)
      await this.#write(batch.slice(0, half))
      await this.#write(batch.slice(half))
    } else if (only !== undefined) {
      // The row stays an intent and becomes `unknown` by the sweep: nothing is sent again because of it.
      const { message_id, attempt, outcome } = only
      this.#ctx.log.error({ error, message_id, attempt, outcome }, 'outcome refused by the database')
    }
  }
}

/** Classes 22 and 23 of SQLSTATE: the values themselves are the trouble, trying again would not help. */
function isAboutTheData(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code))
}

import { sql } from 'kysely'
import type { Clock } from './context.ts'
import type { Db } from './db/databases.ts'
import type { Logger } from './log.ts'

const measureEveryMs = 30_000
/** Less is the network's. */
const newsMs = 100
const tellFromMs = 5_000

interface Following {
  db: Db
  log: Logger
  signal: AbortSignal
}

/**
 * The wall clock of every hub is the database's: one whose own is an hour ahead would open schedules an hour early, and
 * two hubs would not agree. Measured at once and every half minute until `signal` is aborted.
 */
export async function followDatabase(own: Clock, { db, log, signal }: Following): Promise<Clock> {
  let aheadMs = 0

  async function measure(): Promise<void> {
    const before = own.monotonicMs()
    const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
    const tookMs = own.monotonicMs() - before
    const now = rows[0]?.now
    if (now === undefined) return
    const measuredMs = own.now().getTime() - tookMs / 2 - now.getTime()
    if (Math.abs(measuredMs - aheadMs) < newsMs + tookMs) return
    aheadMs = measuredMs
    if (Math.abs(aheadMs) > tellFromMs) log.warn({ ahead_ms: Math.round(aheadMs) }, 'clock is wrong')
  }

  async function keepMeasuring(): Promise<void> {
    while (!signal.aborted) {
      await own.sleep(measureEveryMs, signal)
      if (!signal.aborted) await measure().catch(() => undefined)
    }
  }

  await measure()
  void keepMeasuring()
  return { ...own, now: () => new Date(own.now().getTime() - aheadMs) }
}

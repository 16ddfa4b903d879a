import { type List, list } from '../../../contract/index.ts'
import { describeError } from '../../providers/index.ts'
import { countList } from './count-list.ts'
import type { CountRow } from './count-queries.ts'
import { explainPause } from './governor.ts'
import { forecastEnd, type ListRow } from './list.ts'

/** A rate older than this is over: nothing was sent since. */
const rateMsMax = 5_000

export function presentList(row: ListRow, countRows: readonly CountRow[], now: Date): List {
  const { counts, failures } = countList(
    row,
    countRows.filter((count) => count.list_id === row.id),
  )
  const ratePerSecond = freshRate(row, now)
  return list.parse({
    ...row,
    rows: row.rows_read,
    starts_at: row.starts_at?.toISOString() ?? null,
    suggested_match: row.state === 'draft' ? row.suggested_match : null,
    import_progress: row.state === 'importing' ? row.import_progress : null,
    pause_explanation: row.pause_reason === null ? null : explainPause(row.pause_reason),
    resumes_at: row.auto_resume ? (row.pause_until?.toISOString() ?? null) : null,
    counts,
    failures: failures.map(({ code, count }) => {
      const { reason, advice } = describeError(code)
      return { code, reason, advice, count }
    }),
    rate_per_second: ratePerSecond,
    finishes_at: forecastOf(row, counts.waiting + counts.sending, { ratePerSecond, now }),
    waiting_for: row.waits_reason
      ? { reason: row.waits_reason, until: row.waits_until?.toISOString() ?? null }
      : null,
    created_at: row.created_at.toISOString(),
    started_at: row.started_at?.toISOString() ?? null,
    finished_at: row.finished_at?.toISOString() ?? null,
  })
}

function freshRate(row: ListRow, now: Date): number {
  if (row.state !== 'running' || !row.rate_at) return 0
  return now.getTime() - row.rate_at.getTime() <= rateMsMax ? Math.round(row.rate_per_second * 10) / 10 : 0
}

/** By the rate just seen, else by the number's pace. */
function forecastOf(
  row: ListRow,
  count: number,
  { ratePerSecond, now }: { ratePerSecond: number; now: Date },
): string | null {
  if (row.state !== 'running' && row.state !== 'scheduled') return null
  const from = row.state === 'scheduled' && row.starts_at && row.starts_at > now ? row.starts_at : now
  const perSecond = ratePerSecond >= 1 ? ratePerSecond : row.pace_per_second
  return forecastEnd(row, { count, perSecond, from })?.toISOString() ?? null
}

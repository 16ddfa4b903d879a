import { type List, list } from '../../../contract/index.ts'
import { describeError } from '../../providers/index.ts'
import { explainSkip } from '../match/problem.ts'
import { countList } from './count-list.ts'
import type { CountRow } from './count-queries.ts'
import { forecastEnd, freshRate, paceOf } from './forecast.ts'
import { explainPause } from './governor.ts'
import type { ListRow } from './list.ts'
import type { TightLimit } from './read-tight-limits.ts'

interface Now {
  now: Date
  /** The daily limit that stands in its way, if one does. */
  tight: TightLimit | null
}

export function presentList(row: ListRow, countRows: readonly CountRow[], { now, tight }: Now): List {
  const { counts, held, failures, skips } = countList(
    row,
    countRows.filter((count) => count.list_id === row.id),
  )
  return list.parse({
    ...row,
    rows: row.rows_read,
    starts_at: row.starts_at?.toISOString() ?? null,
    suggested_match: row.state === 'draft' ? row.suggested_match : null,
    import_progress: row.state === 'importing' ? row.import_progress : null,
    pause_explanation: row.pause_reason === null ? null : explainPause(row.pause_reason),
    resumes_at: row.auto_resume ? (row.pause_until?.toISOString() ?? null) : null,
    counts,
    held_for_quality_assessment: held,
    failures: failures.map(({ code, count }) => {
      const { reason, advice } = describeError(code)
      return { code, reason, advice, count }
    }),
    skips: skips.map(({ code, count }) => ({ code, reason: explainSkip(code), count })),
    rate_per_second: freshRate(row, now),
    finishes_at: forecastOf(row, counts.waiting + counts.sending, { now, tight }),
    waiting_for: waitOf(row, counts.waiting),
    created_at: row.created_at.toISOString(),
    started_at: row.started_at?.toISOString() ?? null,
    finished_at: row.finished_at?.toISOString() ?? null,
  })
}

/** What the list itself waits for stands before what its number does. */
function waitOf(row: ListRow, waiting: number): List['waiting_for'] {
  const { waits_reason, waits_until, stop_reason, stop_until } = row
  if (waits_reason) return { reason: waits_reason, until: waits_until?.toISOString() ?? null }
  if (stop_reason === null || row.state !== 'running' || waiting === 0) return null
  return { reason: `provider_${stop_reason}`, until: stop_until?.toISOString() ?? null }
}

function forecastOf(row: ListRow, count: number, { now, tight }: Now): string | null {
  if (row.state !== 'running' && row.state !== 'scheduled') return null
  const { limit, newPeople } = tight ?? { limit: null, newPeople: 0 }
  return forecastEnd(row, { count, limit, newPeople, ...paceOf(row, now) })?.toISOString() ?? null
}

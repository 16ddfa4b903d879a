import type { ListCounts } from '../../../contract/index.ts'
import { heldCode } from '../../messages/index.ts'
import type { CountRow } from './count-queries.ts'
import type { ListRow } from './list.ts'

export interface CountedList {
  counts: ListCounts
  /** Of those sent, what WhatsApp has taken and not sent on yet. */
  held: number
  failures: ReasonCount[]
  /** Since the start; rows refused before it are not among them. */
  skips: ReasonCount[]
}

interface ReasonCount {
  code: string
  count: number
}

/**
 * The shown counts: sent, delivered and read are cumulative, rows that can't be sent to are skipped, and what is in
 * no other count still waits, unless the list is cancelled.
 */
export function countList(
  list: Pick<ListRow, 'state' | 'rows_read' | 'rows_refused'>,
  rows: readonly CountRow[],
): CountedList {
  const inBucket = (bucket: string) =>
    rows.filter((row) => row.bucket === bucket).reduce((sum, row) => sum + row.n, 0)
  const read = inBucket('read')
  const delivered = read + inBucket('delivered')
  const sent = delivered + inBucket('sent')
  const sending = inBucket('sending')
  const failed = inBucket('failed')
  const unknown = inBucket('unknown')
  const skipped = list.rows_refused + inBucket('skipped')
  const total = list.rows_read
  const rest = Math.max(0, total - sending - sent - failed - unknown - skipped)
  const isOver = list.state === 'cancelled'
  return {
    counts: {
      total,
      waiting: isOver ? 0 : rest,
      sending,
      sent,
      delivered,
      read,
      failed,
      skipped: isOver ? skipped + rest : skipped,
      unknown,
    },
    held: byReason(rows, 'sent').find(({ code }) => code === heldCode)?.count ?? 0,
    failures: byReason(rows, 'failed'),
    skips: byReason(rows, 'skipped'),
  }
}

function byReason(rows: readonly CountRow[], bucket: string): ReasonCount[] {
  return rows
    .filter((row) => row.bucket === bucket && row.n > 0)
    .map((row) => ({ code: row.reason, count: row.n }))
    .sort((a, b) => b.count - a.count)
}

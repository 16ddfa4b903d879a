import { noteUnsent } from './daily-limit.ts'
import { type Message, queueAgain, type Tables } from './rows.ts'

/** Into the queue once more. The claim counts the attempt up, so both tries are told apart by their tags. */
export function goAgain(
  tables: Tables,
  nowMs: number,
  row: Message,
  resolution: 'policy' | 'operator',
): void {
  row.next_at = nowMs
  row.resolution = resolution
  row.unknown_since = null
  queueAgain(tables, row)
}

/** A person says that it never went, right or wrong. */
export function takeForNotSent(tables: Tables, row: Message): void {
  row.state = 'cancelled'
  row.resolution = 'operator'
  noteUnsent(tables, row)
}

/**
 * What to do after an error.
 * - `retry`: the same message may go again after a while.
 * - `wait_a_day`: not in this list; once more after 24 h at the earliest.
 * - `stop_template`: every later message with this template fails as well.
 * - `stop_number`: every later message of this number fails as well.
 * - `suppress`: this person must not be written to again (in this category).
 * - `final`: this message failed; others are not concerned.
 */
export type ErrorPolicy = 'retry' | 'wait_a_day' | 'stop_template' | 'stop_number' | 'suppress' | 'final'

export interface ErrorEntry {
  /** Meta's title. Meta says titles will go away, hence a table of our own. */
  title: string
  /** What happened, in words for the person who reads the inbox or a list. */
  reason: string
  /** The next step; null when there is nothing to do. */
  advice: string | null
  policy: ErrorPolicy
  /** How long to wait when the answer doesn't say. */
  retryAfterMs?: number
}
export type ErrorTable = Readonly<Record<number, ErrorEntry>>

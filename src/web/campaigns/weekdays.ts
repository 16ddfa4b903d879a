import type { Weekday } from '../../contract/index.ts'
import { locale } from '../platform/format/locale.ts'

// Not the contract's list: a value from there would bring all of zod into the page.
export const weekdays = [
  'mon',
  'tue',
  'wed',
  'thu',
  'fri',
  'sat',
  'sun',
] as const satisfies readonly Weekday[]

/** "Mon" or "Monday" in the reader's language. */
export function weekdayName(day: Weekday, length: 'short' | 'long' = 'short'): string {
  // 1 January 2024 was a Monday.
  const date = new Date(Date.UTC(2024, 0, 1 + weekdays.indexOf(day)))
  return new Intl.DateTimeFormat(locale(), { weekday: length, timeZone: 'UTC' }).format(date)
}

import { locale } from './locale.ts'

const dayMs = 86_400_000

function format(at: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), options).format(at)
}

/** `14:05` */
export function clockTime(at: string): string {
  return format(new Date(at), { hour: '2-digit', minute: '2-digit' })
}

/** `14:05:32`, for what happens within the minute. */
function exactClock(at: string): string {
  return format(new Date(at), { timeStyle: 'medium' })
}

/** `5 May 2026, 14:05` */
export function dateTime(at: string): string {
  return format(new Date(at), { dateStyle: 'medium', timeStyle: 'short' })
}

/** `5 May 2026, 14:05:32` */
export function exactDateTime(at: string): string {
  return format(new Date(at), { dateStyle: 'medium', timeStyle: 'medium' })
}

/** With seconds and zone, for tooltips. */
export function exactTime(at: string): string {
  return format(new Date(at), { dateStyle: 'full', timeStyle: 'long' })
}

/** For rows: the clock today, the weekday this week, the date before. */
export function rowTime(at: string, now = Date.now()): string {
  const date = new Date(at)
  const days = daysBetween(date, new Date(now))
  if (days === 0) return clockTime(at)
  if (days === 1) return relativeDay(-1)
  if (days > 1 && days < 7) return format(date, { weekday: 'short' })
  return format(date, { day: 'numeric', month: 'short', ...(days > 300 ? { year: 'numeric' as const } : {}) })
}

/** For what lies ahead: the clock today, with the date on any other day. */
export function timeAhead(at: string, now = Date.now()): string {
  return daysBetween(new Date(at), new Date(now)) === 0 ? clockTime(at) : dateTime(at)
}

/** The same to the second. */
export function exactTimeAhead(at: string, now = Date.now()): string {
  return daysBetween(new Date(at), new Date(now)) === 0 ? exactClock(at) : exactDateTime(at)
}

/** For day separators: Today, Yesterday, Monday, 5 May 2026. */
export function dayName(at: string, now = Date.now()): string {
  const date = new Date(at)
  const days = daysBetween(date, new Date(now))
  if (days === 0 || days === 1) return relativeDay(-days)
  if (days > 1 && days < 7) return format(date, { weekday: 'long' })
  return format(date, { dateStyle: 'long' })
}

/** The local calendar day, to tell days apart. */
export function dayKey(at: string): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`
}

/** `in 5 minutes`, `2 hours ago`: the largest unit that is at least one. */
export function relativeTime(at: string, now = Date.now()): string {
  const seconds = (new Date(at).getTime() - now) / 1000
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' })
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1]
  return unit === 'second' ? words.format(0, 'second') : words.format(Math.trunc(seconds / size), unit)
}

function relativeDay(days: number): string {
  const word = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(days, 'day')
  return word.charAt(0).toLocaleUpperCase(locale()) + word.slice(1)
}

function daysBetween(from: Date, to: Date): number {
  const start = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
  return Math.round((start(to) - start(from)) / dayMs)
}

import type { ScheduleException, TimeRange, Weekday, WeeklySchedule } from '../../contract/index.ts'
import { weekdays } from './weekdays.ts'

export interface OpeningHours {
  schedule: WeeklySchedule
  exceptions: readonly ScheduleException[]
  time_zone: string
}

/** Days in a row that share their hours: `{from: 'mon', to: 'fri', ranges: [['09:00','18:00']]}`. */
export interface DayGroup {
  from: Weekday
  to: Weekday
  ranges: TimeRange[]
}

/** The open days of a week, neighbours with the same hours put together. */
export function groupDays(schedule: WeeklySchedule): DayGroup[] {
  const groups: DayGroup[] = []
  for (const day of weekdays) {
    const ranges = schedule[day] ?? []
    const last = groups.at(-1)
    const isNext = last && weekdays.indexOf(last.to) === weekdays.indexOf(day) - 1
    if (last && isNext && sameRanges(last.ranges, ranges)) last.to = day
    else if (ranges.length > 0) groups.push({ from: day, to: day, ranges })
  }
  return groups
}

export function isNeverOpen(schedule: WeeklySchedule): boolean {
  return weekdays.every((day) => (schedule[day] ?? []).length === 0)
}

export function isAlwaysOpen(schedule: WeeklySchedule): boolean {
  return weekdays.every((day) => minutesOpen(schedule[day] ?? []) === 24 * 60)
}

/** The end of the range that is open at this moment, as `18:00`; null when closed. */
export function openUntil(hours: OpeningHours, at: Date): string | null {
  const { date, day, time } = wallClock(at, hours.time_zone)
  const exception = hours.exceptions.find((candidate) => candidate.date === date)
  const ranges = exception?.ranges ?? hours.schedule[day] ?? []
  return ranges.find(([from, to]) => from <= time && time < to)?.[1] ?? null
}

/** The first range of `inner` that `outer` does not cover. The hub refuses such a schedule. */
export function findOutside(
  inner: WeeklySchedule,
  outer: WeeklySchedule,
): { day: Weekday; range: TimeRange } | null {
  for (const day of weekdays) {
    const open = joinRanges(outer[day] ?? [])
    const range = (inner[day] ?? []).find(
      ([from, to]) => !open.some(([start, end]) => start <= from && to <= end),
    )
    if (range) return { day, range }
  }
  return null
}

/** What is wrong with the ranges of a day; null when nothing is. */
export function findRangeFault(ranges: readonly TimeRange[]): 'backwards' | 'overlap' | null {
  if (ranges.some(([from, to]) => from >= to)) return 'backwards'
  const sorted = ranges.toSorted((a, b) => a[0].localeCompare(b[0]))
  return sorted.some((range, index) => (sorted[index - 1]?.[1] ?? '') > range[0]) ? 'overlap' : null
}

/** `9`, `930`, `9:30`, `9.30 pm`, `24` → `09:00` … ; null when it is no time of day. */
export function readTime(text: string): string | null {
  const [, hourText = '', minuteText = '0', half] =
    /^(\d{1,2})[:.h]?(\d{2})?\s*([ap])?\.?m?\.?$/i.exec(text.trim()) ?? []
  if (hourText === '') return null
  const isAfternoon = half?.toLowerCase() === 'p' && Number(hourText) < 12
  const hour =
    half?.toLowerCase() === 'a' && hourText === '12' ? 0 : Number(hourText) + (isAfternoon ? 12 : 0)
  const minute = Number(minuteText)
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return null
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

export function minutesOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}

function minutesOpen(ranges: readonly TimeRange[]): number {
  return joinRanges(ranges).reduce((sum, [from, to]) => sum + minutesOf(to) - minutesOf(from), 0)
}

function joinRanges(ranges: readonly TimeRange[]): TimeRange[] {
  const joined: TimeRange[] = []
  for (const [from, to] of ranges.toSorted((a, b) => a[0].localeCompare(b[0]))) {
    const last = joined.at(-1)
    if (last && from <= last[1]) last[1] = to > last[1] ? to : last[1]
    else joined.push([from, to])
  }
  return joined
}

function sameRanges(some: readonly TimeRange[], others: readonly TimeRange[]): boolean {
  return some.length > 0 && JSON.stringify(some) === JSON.stringify(others)
}

/** Date, weekday and time as a clock on the wall of that zone shows them. */
function wallClock(at: Date, timeZone: string): { date: string; day: Weekday; time: string } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? ''
  const name = part('weekday').slice(0, 3).toLowerCase()
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    day: weekdays.find((day) => day === name) ?? 'mon',
    time: `${part('hour')}:${part('minute')}`,
  }
}

import type { TimeRange, Weekday, WeeklySchedule } from '../../contract/index.ts'
import { weekdays } from '../../contract/index.ts'

/** A range that is not covered, and the day it stands on. */
export interface OutsideRange {
  day: Weekday
  range: TimeRange
}

/** The first range of `inner` that `outer` does not cover; null when `inner` lies inside. */
export function findRangeOutside(inner: WeeklySchedule, outer: WeeklySchedule): OutsideRange | null {
  for (const day of weekdays) {
    const open = joinRanges(outer[day] ?? [])
    const range = (inner[day] ?? []).find(
      ([from, to]) => !open.some(([start, end]) => start <= from && to <= end),
    )
    if (range) return { day, range }
  }
  return null
}

export function isInside(inner: WeeklySchedule, outer: WeeklySchedule): boolean {
  return findRangeOutside(inner, outer) === null
}

/** 09:00–12:00 and 12:00–18:00 cover 10:00–14:00 together. Times of equal length compare as text. */
function joinRanges(ranges: readonly TimeRange[]): TimeRange[] {
  const joined: TimeRange[] = []
  for (const [from, to] of ranges.toSorted((a, b) => a[0].localeCompare(b[0]))) {
    const last = joined.at(-1)
    if (last && from <= last[1]) last[1] = to > last[1] ? to : last[1]
    else joined.push([from, to])
  }
  return joined
}

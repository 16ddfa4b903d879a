import { Temporal } from 'temporal-polyfill'
import type { ScheduleException, TimeRange, WeeklySchedule } from '../../contract/index.ts'
import { weekdays } from '../../contract/index.ts'

/** When a campaign may send: weekly ranges on the wall clock of a time zone, and dates with ranges of their own. */
export interface OpeningHours {
  schedule: WeeklySchedule
  exceptions: readonly ScheduleException[]
  time_zone: string
}

const dayMs = 86_400_000
/** Nobody needs to know more than this far ahead; a schedule that is always open would have no end. */
const openDaysMax = 8
/** Exceptions may close a whole year. */
const closedDaysMax = 400

/** The end of the opening that `at` lies in (at most eight days ahead), or null when closed. */
export function openUntil(hours: OpeningHours, at: Date): Date | null {
  let moment = at.getTime()
  const horizon = moment + openDaysMax * dayMs
  for (;;) {
    const wall = readWallClock(hours, moment)
    const range = wall.ranges.find(([from, to]) => from <= wall.dayMs && wall.dayMs < to)
    if (!range) return moment === at.getTime() ? null : new Date(moment)
    if (moment >= horizon) return new Date(horizon)
    moment = advance(hours, moment, range[1] - wall.dayMs)
  }
}

/** `at` itself when open, else the next moment that opens; null when none comes within 400 days. */
export function nextOpening(hours: OpeningHours, at: Date): Date | null {
  let moment = at.getTime()
  const horizon = moment + closedDaysMax * dayMs
  while (moment < horizon) {
    const wall = readWallClock(hours, moment)
    if (wall.ranges.some(([from, to]) => from <= wall.dayMs && wall.dayMs < to)) return new Date(moment)
    const nextFrom = wall.ranges.find(([from, to]) => from > wall.dayMs && from < to)?.[0] ?? dayMs
    moment = advance(hours, moment, nextFrom - wall.dayMs)
  }
  return null
}

/** Weekday and date rules of one moment: where the wall clock stands and what is open on that date. */
function readWallClock(hours: OpeningHours, moment: number): { dayMs: number; ranges: [number, number][] } {
  const local = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(hours.time_zone)
  const date = local.toPlainDate().toString()
  const weekday = weekdays[local.dayOfWeek - 1]
  const exception = hours.exceptions.find((candidate) => candidate.date === date)
  const ranges = exception?.ranges ?? (weekday && hours.schedule[weekday]) ?? []
  return {
    dayMs: ((local.hour * 60 + local.minute) * 60 + local.second) * 1000 + local.millisecond,
    ranges: ranges.map(toMilliseconds).sort((a, b) => a[0] - b[0]),
  }
}

/**
 * Goes on by `span` on the wall clock, but stops where the clock is put forward or back: behind that point the wall
 * clock shows another time, and only a new look tells whether it is open.
 */
function advance(hours: OpeningHours, moment: number, span: number): number {
  const from = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(hours.time_zone)
  const to = Temporal.Instant.fromEpochMilliseconds(moment + span).toZonedDateTimeISO(hours.time_zone)
  if (from.offsetNanoseconds === to.offsetNanoseconds) return moment + span
  return from.getTimeZoneTransition('next')?.epochMilliseconds ?? moment + span
}

function toMilliseconds([from, to]: TimeRange): [number, number] {
  return [timeToMinutes(from) * 60_000, timeToMinutes(to) * 60_000]
}

export function timeToMinutes(time: string): number {
  const [hour = '0', minute = '0'] = time.split(':')
  return Number(hour) * 60 + Number(minute)
}

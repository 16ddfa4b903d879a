import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { type TimeRange, type WeeklySchedule, weekdays } from '../../contract/index.ts'
import { nextOpening, type OpeningHours, openUntil } from './schedule.ts'
import { findRangeOutside, isInside } from './schedule-inside.ts'

const office: WeeklySchedule = {
  mon: [['09:00', '18:00']],
  tue: [
    ['09:00', '12:00'],
    ['14:00', '18:00'],
  ],
}
const always: WeeklySchedule = Object.fromEntries(weekdays.map((day) => [day, [['00:00', '24:00']]]))

function hoursIn(timeZone: string, schedule: WeeklySchedule): OpeningHours {
  return { schedule, exceptions: [], time_zone: timeZone }
}

function at(text: string): Date {
  return new Date(Temporal.ZonedDateTime.from(text).epochMilliseconds)
}

describe('an opening', () => {
  it('ends where its range ends', () => {
    const hours = hoursIn('America/Montevideo', office)
    expect(openUntil(hours, at('2026-03-02T09:00[America/Montevideo]'))).toEqual(
      at('2026-03-02T18:00[America/Montevideo]'),
    )
    expect(openUntil(hours, at('2026-03-02T08:59:59.999[America/Montevideo]'))).toBeNull()
    expect(openUntil(hours, at('2026-03-02T18:00[America/Montevideo]'))).toBeNull()
  })

  it('goes on over midnight when a range ends at 24:00 and the next day begins at 00:00', () => {
    const hours = hoursIn('Europe/Madrid', { mon: [['22:00', '24:00']], tue: [['00:00', '02:00']] })
    expect(openUntil(hours, at('2026-03-02T23:00[Europe/Madrid]'))).toEqual(
      at('2026-03-03T02:00[Europe/Madrid]'),
    )
  })

  it('of a schedule that never closes ends at the horizon', () => {
    const start = at('2026-03-02T23:00[Europe/Madrid]')
    const end = openUntil(hoursIn('Europe/Madrid', always), start)
    expect(end?.getTime()).toBe(start.getTime() + 8 * 86_400_000)
  })

  it('comes next at the beginning of the next range, over a week if need be', () => {
    const hours = hoursIn('America/Montevideo', office)
    expect(nextOpening(hours, at('2026-03-03T12:30[America/Montevideo]'))).toEqual(
      at('2026-03-03T14:00[America/Montevideo]'),
    )
    expect(nextOpening(hours, at('2026-03-03T19:00[America/Montevideo]'))).toEqual(
      at('2026-03-09T09:00[America/Montevideo]'),
    )
    expect(nextOpening(hoursIn('UTC', {}), new Date())).toBeNull()
  })

  it('follows an exception instead of the weekday', () => {
    const hours: OpeningHours = {
      ...hoursIn('UTC', office),
      exceptions: [
        { date: '2026-03-02', ranges: [] },
        { date: '2026-03-08', ranges: [['10:00', '11:00']] },
      ],
    }
    expect(openUntil(hours, new Date('2026-03-02T10:00Z'))).toBeNull()
    expect(openUntil(hours, new Date('2026-03-08T10:30Z'))).toEqual(new Date('2026-03-08T11:00Z'))
  })
})

describe('daylight saving', () => {
  const newYork = (schedule: WeeklySchedule) => hoursIn('America/New_York', schedule)

  it('closes at the leap when a range ends in the hour that is left out', () => {
    const hours = newYork({ sun: [['01:00', '02:30']] })
    expect(openUntil(hours, new Date('2026-03-08T06:30Z'))).toEqual(new Date('2026-03-08T07:00Z'))
  })

  it('opens behind the leap when a range begins in the hour that is left out', () => {
    const hours = newYork({ sun: [['02:30', '05:00']] })
    expect(nextOpening(hours, new Date('2026-03-08T06:30Z'))).toEqual(new Date('2026-03-08T07:00Z'))
  })

  it('does not run on through the hour that comes twice', () => {
    const hours = newYork({ sun: [['01:00', '01:30']] })
    expect(openUntil(hours, new Date('2026-11-01T05:10Z'))).toEqual(new Date('2026-11-01T05:30Z'))
    expect(openUntil(hours, new Date('2026-11-01T05:45Z'))).toBeNull()
    expect(nextOpening(hours, new Date('2026-11-01T05:45Z'))).toEqual(new Date('2026-11-01T06:00Z'))
  })
})

const zones = [
  'America/New_York',
  'Europe/Madrid',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Pacific/Chatham',
]
const minutes = fc.integer({ min: 0, max: 96 }).map((quarter) => quarter * 15)
const dayRanges = fc.uniqueArray(minutes, { minLength: 0, maxLength: 6 }).map((cuts) => {
  const sorted = cuts.toSorted((a, b) => a - b)
  const ranges: TimeRange[] = []
  for (let i = 0; i + 1 < sorted.length; i += 2)
    ranges.push([clock(sorted[i] ?? 0), clock(sorted[i + 1] ?? 0)])
  return ranges
})
const schedules = fc.record(Object.fromEntries(weekdays.map((day) => [day, dayRanges])))
const moments = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2028, 0, 1) }).map((ms) => new Date(ms))

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** The plain reading of the schedule at one moment, to hold the clever one against. */
function isOpen(hours: OpeningHours, moment: Date): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(hours.time_zone)
  const day = weekdays[local.dayOfWeek - 1] ?? 'mon'
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' })
  return (hours.schedule[day] ?? []).some(([from, to]) => from <= time && time < to)
}

describe('in every zone and season', () => {
  it('an opening never reaches outside the ranges of the wall clock', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        schedules,
        moments,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (zone, schedule, moment, share) => {
          const hours = hoursIn(zone, schedule)
          const until = openUntil(hours, moment)
          expect(until !== null).toBe(isOpen(hours, moment))
          if (!until) return
          const between = new Date(
            Math.floor(moment.getTime() + share * (until.getTime() - 1 - moment.getTime())),
          )
          expect(isOpen(hours, between)).toBe(true)
          expect(isOpen(hours, new Date(until.getTime() - 1))).toBe(true)
          const atHorizon = until.getTime() - moment.getTime() === 8 * 86_400_000
          if (!atHorizon) expect(isOpen(hours, until)).toBe(false)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('nothing is open between a closed moment and the next opening', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        schedules,
        moments,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (zone, schedule, moment, share) => {
          const hours = hoursIn(zone, schedule)
          const opening = nextOpening(hours, moment)
          if (!opening) return
          expect(isOpen(hours, opening)).toBe(true)
          if (opening.getTime() === moment.getTime()) return
          const between = new Date(
            Math.floor(moment.getTime() + share * (opening.getTime() - 1 - moment.getTime())),
          )
          expect(isOpen(hours, between)).toBe(false)
        },
      ),
      { numRuns: 400 },
    )
  })
})

describe('a schedule inside another', () => {
  it('may span ranges that touch', () => {
    const outer: WeeklySchedule = {
      mon: [
        ['12:00', '18:00'],
        ['09:00', '12:00'],
      ],
    }
    expect(isInside({ mon: [['10:00', '14:00']] }, outer)).toBe(true)
  })

  it('names the day and range that sticks out', () => {
    expect(findRangeOutside({ mon: [['09:00', '18:00']], tue: [['11:00', '15:00']] }, office)).toEqual({
      day: 'tue',
      range: ['11:00', '15:00'],
    })
    expect(findRangeOutside({ wed: [['09:00', '10:00']] }, office)).toEqual({
      day: 'wed',
      range: ['09:00', '10:00'],
    })
  })
})

import { describe, expect, test } from 'vitest'
import type { WeeklySchedule } from '../../contract/index.ts'
import { findOutside, findRangeFault, groupDays, isAlwaysOpen, openUntil, readTime } from './opening-hours.ts'

const workdays: WeeklySchedule = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '18:00']]]),
)

test('neighbouring days with the same hours are told together', () => {
  expect(groupDays({ ...workdays, sun: [['10:00', '12:00']] })).toEqual([
    { from: 'mon', to: 'fri', ranges: [['09:00', '18:00']] },
    { from: 'sun', to: 'sun', ranges: [['10:00', '12:00']] },
  ])
  expect(groupDays({ mon: [['09:00', '18:00']], wed: [['09:00', '18:00']] })).toHaveLength(2)
})

test('two halves of a day are a whole day', () => {
  const halves: WeeklySchedule = Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [
      day,
      [
        ['12:00', '24:00'],
        ['00:00', '12:00'],
      ],
    ]),
  )
  expect(isAlwaysOpen(halves)).toBe(true)
  expect(isAlwaysOpen(workdays)).toBe(false)
})

describe('open at a moment', () => {
  const hours = { schedule: workdays, exceptions: [], time_zone: 'America/Montevideo' }
  const friday = new Date('2026-11-20T12:30:00Z')

  test('by the clock of its own zone', () => {
    expect(openUntil(hours, friday)).toBe('18:00')
    expect(openUntil(hours, new Date('2026-11-20T11:59:00Z'))).toBeNull()
    expect(openUntil(hours, new Date('2026-11-21T15:00:00Z'))).toBeNull()
  })

  test('an exception counts instead of the weekday', () => {
    expect(openUntil({ ...hours, exceptions: [{ date: '2026-11-20', ranges: [] }] }, friday)).toBeNull()
  })
})

test('a range that sticks out is found', () => {
  expect(findOutside({ mon: [['08:00', '10:00']] }, workdays)).toEqual({
    day: 'mon',
    range: ['08:00', '10:00'],
  })
  expect(findOutside({ mon: [['10:00', '18:00']] }, workdays)).toBeNull()
})

test('ranges that overlap or end before they begin are faults', () => {
  expect(
    findRangeFault([
      ['09:00', '12:00'],
      ['11:00', '18:00'],
    ]),
  ).toBe('overlap')
  expect(findRangeFault([['12:00', '09:00']])).toBe('backwards')
  expect(
    findRangeFault([
      ['12:00', '18:00'],
      ['09:00', '12:00'],
    ]),
  ).toBeNull()
})

test.each([
  ['9', '09:00'],
  ['930', '09:30'],
  ['9:30', '09:30'],
  ['9.30 pm', '21:30'],
  ['12am', '00:00'],
  ['24', '24:00'],
  ['24:30', null],
  ['9:75', null],
  ['soon', null],
])('%s is read as %s', (text, time) => {
  expect(readTime(text)).toBe(time)
})

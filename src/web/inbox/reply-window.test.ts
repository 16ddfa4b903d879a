import { expect, test } from 'vitest'
import { countdownParts, replyWindow, urgency } from './reply-window.ts'

const now = Date.UTC(2026, 4, 7, 10)

test('the window is open until its last millisecond and closed at its end', () => {
  expect(replyWindow('2026-05-07T10:00:00.001Z', now)).toEqual({ isOpen: true, leftMs: 1 })
  expect(replyWindow('2026-05-07T10:00:00.000Z', now).isOpen).toBe(false)
  expect(replyWindow(null, now).isOpen).toBe(false)
})

test('the countdown is told in hours, minutes and seconds', () => {
  expect(countdownParts(23 * 3_600_000 + 12 * 60_000 + 5_000)).toEqual({ hours: 23, minutes: 12, seconds: 5 })
})

test('the end comes with a warning', () => {
  expect([3 * 3_600_000, 3_600_000, 60_000].map(urgency)).toEqual(['grey', 'amber', 'red'])
})

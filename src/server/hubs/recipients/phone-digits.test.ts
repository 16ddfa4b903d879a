import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextDigits, phoneDigitsOf } from './phone-digits.ts'

describe('what was typed', () => {
  it.each([
    ['+598 91 234-567', '59891234567'],
    ['(091) 234', '091234'],
    ['12', null],
    ['A-1234', null],
    ['', null],
  ])('%j is the digits %j of a phone', (typed, digits) => {
    expect(phoneDigitsOf(typed)).toBe(digits)
  })
})

it('phones between digits and the next ones are those that begin with them', () => {
  const digits = fc.stringMatching(/^[0-9]{1,8}$/)
  fc.assert(
    fc.property(digits, digits, (start, phone) => {
      const end = nextDigits(start)
      expect(phone >= start && (end === null || phone < end)).toBe(phone.startsWith(start))
    }),
  )
})

import { describe, expect, test } from 'vitest'
import { describeError } from '../describe-error.ts'
import { failureCode } from './error-codes.ts'

describe('an error code of Gupshup', () => {
  test.each([
    ['470', 'gupshup.470', 'final'],
    ['500', 'gupshup.500', 'retry'],
    ['1001', 'gupshup.1001', 'stop_number'],
    ['1002', 'gupshup.1002', 'final'],
    ['1003', 'gupshup.1003', 'stop_number'],
    ['1004', 'gupshup.1004', 'final'],
    ['1005', 'gupshup.1005', 'final'],
    ['1006', 'gupshup.1006', 'final'],
    ['1007', 'gupshup.1007', 'final'],
    ['1008', 'gupshup.1008', 'final'],
    ['1009', 'gupshup.1009', 'final'],
    ['1010', 'gupshup.1010', 'final'],
    ['1011', 'gupshup.1011', 'final'],
    ['1012', 'gupshup.1012', 'suppress'],
    ['4001', 'gupshup.4001', 'stop_number'],
    ['4002', 'gupshup.4002', 'retry'],
    ['4003', 'gupshup.4003', 'stop_template'],
    ['4004', 'gupshup.4004', 'final'],
    ['4005', 'gupshup.4005', 'stop_template'],
    // Meta's, passed through.
    ['131026', '131026', 'final'],
    ['131049', '131049', 'wait_a_day'],
    ['132015', '132015', 'stop_template'],
    ['190', '190', 'stop_number'],
    // Nobody's that we know.
    ['7777', 'gupshup.7777', 'final'],
    ['139999', '139999', 'final'],
  ])('%s is %s and means %s', (told, code, policy) => {
    expect(failureCode(told)).toBe(code)
    const described = describeError(code)
    expect(described.policy).toBe(policy)
    expect(described.title).not.toBe('')
    expect(described.reason).toMatch(/\.$/)
  })

  test('means nothing else at Meta: the same digits are another code', () => {
    expect(describeError('gupshup.500').title).not.toBe(describeError('500').title)
  })
})

import { expect, test } from 'vitest'
import { formatPhone } from './phone.ts'

test('a phone is shown with its country code and in groups', () => {
  expect(formatPhone('598912345678')).toBe('+598 912 345 678')
  expect(formatPhone('15550100001')).toBe('+1 555 010 0001')
  expect(formatPhone('447700900123')).toBe('+44 770 090 0123')
})

test('what is no phone stays as it is', () => {
  expect(formatPhone('maria')).toBe('maria')
  expect(formatPhone('')).toBe('')
})

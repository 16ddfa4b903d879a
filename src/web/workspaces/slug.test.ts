import { expect, test } from 'vitest'
import { slugOf } from './slug.ts'

test('a workspace name becomes an address of small letters, digits and dashes', () => {
  expect(slugOf('Café Río, S.A.')).toBe('cafe-rio-s-a')
  expect(slugOf('  Acme 24  ')).toBe('acme-24')
  expect(slugOf('متجر')).toBe('')
})

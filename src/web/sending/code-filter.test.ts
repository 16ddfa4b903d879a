import { expect, test } from 'vitest'
import type { ErrorCodeEntry } from '../../contract/index.ts'
import { findCodes, readCodeFilter } from './code-filter.ts'

const entry = (code: string, reason: string, more: Partial<ErrorCodeEntry> = {}): ErrorCodeEntry => ({
  provider: 'meta',
  code,
  title: 'Title',
  reason,
  advice: null,
  who_acts: 'sender',
  policy: 'final',
  ...more,
})
const codes = [
  entry('131049', 'Too much marketing, see 130.'),
  entry('130429', 'Too fast.', { policy: 'retry' }),
  entry('132015', 'The template is paused.', { who_acts: 'template_author' }),
]
const found = (filter: Parameters<typeof findCodes>[1]) => findCodes(codes, filter).map(({ code }) => code)

test('a code that was pasted stands before those that only mention it', () => {
  expect(found({ search: '130' })).toEqual(['130429', '131049'])
})

test('all words have to be there, in whatever order and case', () => {
  expect(found({ search: 'PAUSED template' })).toEqual(['132015'])
  expect(found({ search: 'paused marketing' })).toEqual([])
})

test('who acts and what Parley does narrow it further', () => {
  expect(found({ who: 'template_author' })).toEqual(['132015'])
  expect(found({ policy: 'retry', search: 'fast' })).toEqual(['130429'])
})

test('what an address says and nobody understands is left out', () => {
  expect(readCodeFilter({ search: 131026, who: 'nobody', policy: 'retry' })).toEqual({
    search: '131026',
    policy: 'retry',
  })
})

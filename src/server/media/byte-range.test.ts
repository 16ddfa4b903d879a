import { describe, expect, it } from 'vitest'
import { readRange } from './byte-range.ts'

describe('a Range header', () => {
  it.each([
    ['bytes=0-', { start: 0, end: 99 }],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['bytes=90-500', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
  ])('%s names a part of the file', (header, range) => {
    expect(readRange(header, 100)).toEqual(range)
  })

  it.each(['bytes=100-', 'bytes=500-600', 'bytes=-0'])('%s lies behind its end', (header) => {
    expect(readRange(header, 100)).toBe('unsatisfiable')
  })

  it.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=9-3', 'bytes=a-b'])(
    '%s means the whole file',
    (header) => {
      expect(readRange(header, 100)).toBeNull()
    },
  )
})

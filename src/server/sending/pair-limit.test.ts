import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ContactId, contactId } from '../../contract/index.ts'
import { PairLimit } from './pair-limit.ts'

const ana = contactId.parse(`ctc_${'a'.repeat(32)}`)
const ben = contactId.parse(`ctc_${'b'.repeat(32)}`)

/** 0: it went. */
function send(limit: PairLimit, person: ContactId, nowMs: number): number {
  if (!limit.admits(person, nowMs)) return limit.putOff(person, nowMs)
  limit.take(person, nowMs)
  return 0
}

describe('messages of one number to one person', () => {
  it('go 45 at once, then one each six seconds', () => {
    const limit = new PairLimit()
    const waits = Array.from({ length: 48 }, () => send(limit, ana, 1_000))
    expect(waits.slice(0, 45)).toEqual(Array(45).fill(0))
    expect(waits.slice(45)).toEqual([6_000, 12_000, 18_000])
    expect(send(limit, ana, 6_999)).toBeGreaterThan(0)
    expect(send(limit, ana, 7_000)).toBe(0)
    expect(send(limit, ana, 7_000)).toBeGreaterThan(0)
  })

  it('do not keep others waiting', () => {
    const limit = new PairLimit()
    for (let n = 0; n < 60; n += 1) send(limit, ana, 0)
    expect(send(limit, ben, 0)).toBe(0)
  })

  it('wait when WhatsApp refuses them although there seemed to be room', () => {
    const limit = new PairLimit()
    limit.exhausted(ana, 1_000)
    expect(send(limit, ana, 1_500)).toBe(5_500)
    expect(send(limit, ana, 7_000)).toBe(0)
  })

  it('let a reply have the next place of all', () => {
    const limit = new PairLimit()
    for (let n = 0; n < 60; n += 1) send(limit, ana, 0)
    expect(limit.putOff(ana, 1_000, { isReply: true })).toBe(5_000)
    expect(limit.putOff(ana, 1_000)).toBe(95_000)
  })

  it('never go more often than WhatsApp allows, whenever they come back', () => {
    const comings = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(comings, (gaps) => {
        const limit = new PairLimit()
        let nowMs = 0
        const gone: number[] = []
        for (const gap of gaps) {
          nowMs += gap
          if (send(limit, ana, nowMs) === 0) gone.push(nowMs)
        }
        for (const [index, atMs] of gone.entries()) {
          const before = gone[index - 45]
          if (before !== undefined) expect(atMs - before).toBeGreaterThanOrEqual(6_000)
        }
      }),
    )
  })
})

describe('who got many messages at once', () => {
  const burst = (limit: PairLimit, count: number, nowMs: number) => {
    for (let n = 0; n < count; n += 1) send(limit, ana, nowMs)
  }

  it('is handed on, but not each message of theirs', () => {
    const limit = new PairLimit()
    burst(limit, 14, 0)
    expect(limit.untold(0)).toEqual([])
    burst(limit, 1, 0)
    const untold = limit.untold(0)
    expect(untold).toEqual([{ contact_id: ana, free_in_ms: 90_000 }])
    limit.told(untold, 0)
    burst(limit, 9, 0)
    expect(limit.untold(0)).toEqual([])
    burst(limit, 1, 0)
    expect(limit.untold(0)).toEqual([{ contact_id: ana, free_in_ms: 150_000 }])
  })

  it('has no second burst from the next process', () => {
    const limit = new PairLimit()
    limit.learn({ contact_id: ana, free_in_ms: 40 * 6_000 }, 7_000_000)
    const waits = Array.from({ length: 7 }, () => send(limit, ana, 7_000_000))
    expect(waits).toEqual([0, 0, 0, 0, 0, 6_000, 12_000])
    limit.learn({ contact_id: ana, free_in_ms: 1_000 }, 7_000_000)
    expect(limit.admits(ana, 7_000_000)).toBe(false)
  })
})

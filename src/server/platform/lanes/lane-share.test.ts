import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fairShare, LaneShare } from './lane-share.ts'

const holdings = fc
  .array(fc.nat(12), { minLength: 1, maxLength: 6 })
  .map((lanes) => new Map(lanes.map((n, index) => [`hub ${index}`, n])))

const sum = (numbers: Iterable<number>) => [...numbers].reduce((all, n) => all + n, 0)

describe('a fair share', () => {
  it('leaves nobody with two more than another, and gives every lane to somebody', () => {
    fc.assert(
      fc.property(holdings, (held) => {
        const total = sum(held.values())
        const shares = [...held.keys()].map((owner) => fairShare(owner, held, total))
        expect(sum(shares)).toBe(total)
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('moves nothing where nobody holds two more than another', () => {
    fc.assert(
      fc.property(holdings, (held) => {
        const total = sum(held.values())
        if (Math.max(...held.values()) - Math.min(...held.values()) > 1) return
        for (const [owner, lanes] of held) expect(fairShare(owner, held, total)).toBe(lanes)
      }),
    )
  })
})

describe('a process that holds more than its share', () => {
  const both = (mine: number, other: number) =>
    new Map([
      ['me', mine],
      ['other', other],
    ])

  it('lets go what was too much at two looks in a row', () => {
    const share = new LaneShare('me')
    expect(share.look(both(8, 0), { held: 8, closing: 0 })).toBe(0)
    expect(share.look(both(8, 0), { held: 8, closing: 0 })).toBe(4)
    expect(share.look(both(8, 0), { held: 4, closing: 4 })).toBe(0)
    expect(share.look(both(5, 3), { held: 4, closing: 1 })).toBe(0)
    expect(share.look(both(4, 4), { held: 4, closing: 0 })).toBe(0)
  })

  it('keeps what was too much for a moment only', () => {
    const share = new LaneShare('me')
    expect(share.look(both(3, 1), { held: 3, closing: 0 })).toBe(0)
    expect(share.look(both(3, 3), { held: 3, closing: 0 })).toBe(0)
    expect(share.look(both(3, 1), { held: 3, closing: 0 })).toBe(0)
  })

  it('keeps all as long as it is alone, and takes what it finds', () => {
    const share = new LaneShare('me')
    for (let look = 0; look < 3; look += 1)
      expect(share.look(new Map([['me', 9]]), { held: 9, closing: 0 })).toBe(0)
    expect(share.room(['a', 'b'], new Set(['c']))).toBe(Number.POSITIVE_INFINITY)
  })

  it('leaves to others what it let go, for a while', () => {
    const share = new LaneShare('me')
    share.letGo('a', 1_000)
    expect(share.open(['a', 'b'], 2_999)).toEqual(['b'])
    expect(share.open(['a', 'b'], 3_000)).toEqual(['a', 'b'])
  })
})

it('a process takes half of what two find', () => {
  const share = new LaneShare('me')
  share.look(new Map([['other', 0]]), { held: 0, closing: 0 })
  expect(share.room(['a', 'b', 'c', 'd', 'e'], new Set())).toBe(3)
  expect(share.room(['a', 'b', 'c', 'd', 'e'], new Set(['a', 'b', 'c']))).toBe(0)
})

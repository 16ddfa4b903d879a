import { describe, expect, it } from 'vitest'
import { Slots } from './slots.ts'

describe('requests in flight', () => {
  it('are never more than the slots, and lanes that wait are served in turn', () => {
    const slots = new Slots(2)
    const served: string[] = []
    const lane = (name: string) => {
      const whenFree = () => {
        if (slots.take(whenFree)) served.push(name)
      }
      return whenFree
    }
    const [first, second, third, fourth] = ['a', 'b', 'c', 'd'].map(lane)
    for (const ask of [first, second, third, fourth, third]) ask?.()
    expect(served).toEqual(['a', 'b'])
    slots.release()
    slots.release()
    expect(served).toEqual(['a', 'b', 'c', 'd'])
  })
})

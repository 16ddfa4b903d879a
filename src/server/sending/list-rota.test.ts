import { describe, expect, it } from 'vitest'
import { listId } from '../../contract/index.ts'
import { ListRota } from './list-rota.ts'

const heavy = listId.parse(`lst_${'a'.repeat(32)}`)
const light = listId.parse(`lst_${'b'.repeat(32)}`)

function rotaOf(weights: Record<string, number>): ListRota {
  const rota = new ListRota()
  rota.setGates(
    [heavy, light]
      .filter((id) => id in weights)
      .map((list_id) => ({ list_id, weight: weights[list_id] ?? 1 })),
  )
  return rota
}

describe('lists of one lane', () => {
  it('take turns by their weights', () => {
    const rota = rotaOf({ [heavy]: 3, [light]: 1 })
    const turns = Array.from({ length: 400 }, () => rota.next(0)?.list_id)
    expect(turns.filter((id) => id === heavy)).toHaveLength(300)
    expect(turns.slice(0, 8)).toContain(light)
  })

  it('go on behind what was claimed', () => {
    const rota = rotaOf({ [heavy]: 1 })
    rota.claimed(heavy, { asked: 10, got: 10, lastId: 'msg_7', tookMs: 1 }, 0)
    expect(rota.next(0)).toEqual({ list_id: heavy, after: 'msg_7' })
  })

  it('are read from the front again when little is left, and rest when nothing is', () => {
    const rota = rotaOf({ [heavy]: 1 })
    rota.claimed(heavy, { asked: 10, got: 10, lastId: 'msg_7', tookMs: 1 }, 0)
    rota.claimed(heavy, { asked: 10, got: 0, lastId: null, tookMs: 1 }, 0)
    expect(rota.next(0)).toEqual({ list_id: heavy, after: '' })
    rota.claimed(heavy, { asked: 10, got: 0, lastId: null, tookMs: 40 }, 0)
    expect(rota.next(799)).toBeNull()
    expect(rota.next(800)).toEqual({ list_id: heavy, after: '' })
  })

  it('leave the round when their gate shuts', () => {
    const rota = rotaOf({ [heavy]: 1, [light]: 1 })
    rota.setGates([{ list_id: light, weight: 1 }])
    expect([rota.next(0)?.list_id, rota.next(0)?.list_id]).toEqual([light, light])
  })
})

import { describe, expect, it } from 'vitest'
import type { Fact } from '../providers/index.ts'
import { withoutTimesAhead } from './times-ahead.ts'

const receivedAt = new Date('2026-03-01T10:00:00Z')
const origin = { waba_id: null, phone_number_id: null }
const preference = (at: string): Fact => ({
  ...{ kind: 'preference', ...origin, phone: '59899000001', user_id: null },
  ...{ category: 'marketing_messages', value: 'stop', at: new Date(at) },
})

describe('the time of a fact', () => {
  it('stays when it is past, or ahead by what clocks differ', () => {
    for (const at of ['2019-01-01T00:00:00Z', '2026-03-02T09:59:59Z'])
      expect(withoutTimesAhead(preference(at), receivedAt)).toEqual({ fact: preference(at), isAhead: false })
  })

  it('is left out when it lies beyond the next day', () => {
    const { fact, isAhead } = withoutTimesAhead(preference('2099-12-31T00:00:00Z'), receivedAt)
    expect([isAhead, 'at' in fact && fact.at]).toEqual([true, null])
  })

  it('of a chat from before is looked at message by message', () => {
    const past = (external_id: string, at: string) => ({
      ...{ external_id, direction: 'in' as const, at: new Date(at), type: 'text', content: {} },
      ...{ context_external_id: null, status: null },
    })
    const messages = [past('1', '2026-02-01T00:00:00Z'), past('2', '2030-01-01T00:00:00Z')]
    const history: Fact = { kind: 'history', ...origin, phone: '59899000001', user_id: null, messages }
    const { fact, isAhead } = withoutTimesAhead(history, receivedAt)
    expect(isAhead).toBe(true)
    expect(fact).toMatchObject({ messages: [{ at: new Date('2026-02-01T00:00:00Z') }, { at: null }] })
  })
})

import { describe, expect, it } from 'vitest'
import { overtakenBy } from './delivery-events.ts'

const connectors: Record<string, string> = { num_a: 'con_1', num_b: 'con_1', num_c: 'con_2' }
const connectorOf = (number: string) => connectors[number]

const one = { enabled: true, format: 'gupshup', events: ['message.read'], number_id: null }
const other = (name: string, more: Partial<typeof one> | { number_id: string } = {}) => ({
  ...one,
  name,
  ...more,
})

describe('the address for delivery events of a connector', () => {
  const ask = (more: Partial<typeof one> | { number_id: string }, others: ReturnType<typeof other>[]) =>
    overtakenBy({ ...one, number_id: '', ...more }, others, connectorOf)

  it('is taken from every enabled endpoint of the format that wants some, too', () => {
    const others = [
      other('First'),
      other('Off', { enabled: false }),
      other('Ours', { format: 'normalized' }),
      other('Templates', { events: ['template.status_updated'] }),
    ]
    expect(ask({}, others)).toEqual(['First'])
  })

  it('is taken within the connector only', () => {
    const others = [other('Same', { number_id: 'num_b' }), other('Elsewhere', { number_id: 'num_c' })]
    expect(ask({ number_id: 'num_a' }, others)).toEqual(['Same'])
    expect(ask({}, others)).toEqual(['Same', 'Elsewhere'])
  })

  it('is not taken by other formats, nor by who wants no delivery events', () => {
    expect(ask({ format: 'meta' }, [other('First')])).toEqual([])
    expect(ask({ events: ['account.tier_updated'] }, [other('First')])).toEqual([])
  })
})

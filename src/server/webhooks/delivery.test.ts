import { describe, expect, it } from 'vitest'
import { adviceFor, readOutcome } from './delivery.ts'

describe('what became of an attempt', () => {
  it('a name without an address is a matter of DNS, and not of private networks', () => {
    const message = 'The name shop.example.com has no address.'
    const result = readOutcome({ kind: 'refused', reason: 'name_not_found', message, durationMs: 12 })
    expect(result).toMatchObject({ delivered: false, errorKind: 'dns', error: message })
    expect(adviceFor('dns')).toContain('DNS')
  })

  it('an address inside is refused, with the way to allow it', () => {
    const refused = { kind: 'refused', reason: 'address_not_allowed', message: 'x', durationMs: 1 } as const
    expect(readOutcome(refused)).toMatchObject({ errorKind: 'refused' })
    expect(adviceFor('refused')).toContain('PARLEY_WEBHOOK_NETWORKS')
  })
})

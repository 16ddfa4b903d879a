import { describe, expect, it } from 'vitest'
import { describeStateCode, heldCode, listStateCodes } from './state-codes.ts'

describe('codes that no provider refused with', () => {
  it('each have words, as sentences', () => {
    expect(listStateCodes().map(({ code }) => code)).toEqual([
      'held_for_quality_assessment',
      'marked_not_sent',
      'opted_out',
      'window_closed',
      'template_not_approved',
      'too_late',
    ])
    for (const { code, reason, advice } of listStateCodes()) {
      expect(reason, code).toMatch(/^[A-Z].*\.$/)
      expect(advice, code).toMatch(/^[A-Z].*\.$/)
    }
  })

  it('say nothing of a held message once it went on', () => {
    expect(describeStateCode(heldCode, 'accepted')?.policy).toBe('wait_for_provider')
    expect(describeStateCode(heldCode, 'sent')).toBeNull()
    expect(describeStateCode(heldCode, 'failed')).toBeNull()
  })

  it("leave a provider's code to its table", () => {
    expect(describeStateCode('131026', 'failed')).toBeNull()
  })
})

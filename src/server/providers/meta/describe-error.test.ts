import { describe, expect, test } from 'vitest'
import { describeMetaError, type ErrorPolicy, metaErrors } from './describe-error.ts'

// The codes of Meta's page, by what must happen after them.
const byPolicy: Record<ErrorPolicy, number[]> = {
  retry: [
    1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 132069, 133000, 133004, 133015, 134101, 139102,
    139103, 2494100,
  ],
  wait_a_day: [130472, 131049, 133008, 133009, 133016, 136024],
  stop_template: [132000, 132001, 132007, 132012, 132015, 132016, 132068, 134102],
  stop_number: [
    0, 3, 10, 33, 190, 200, 210, 299, 368, 131005, 131031, 131037, 131042, 131045, 131048, 131064, 133006,
    133010, 134011,
  ],
  suppress: [131050],
  final: [
    100, 1026, 130403, 130497, 131008, 131009, 131021, 131026, 131030, 131035, 131036, 131043, 131047, 131051,
    131052, 131053, 131055, 131059, 131062, 131063, 132005, 132018, 133005, 134100, 135000, 137000, 139100,
    139101, 1752041, 2388001, 2388012, 2388019, 2388023, 2388024, 2388039, 2388040, 2388047, 2388072, 2388073,
    2388091, 2388093, 2388103, 2388293, 2388299, 2593079, 2593085, 2593107, 2593108, 2593109, 200005, 200006,
    200007,
  ],
}
const listed = Object.entries(byPolicy).flatMap(([policy, codes]) =>
  codes.map((code) => [code, policy] as const),
)

describe('the error table', () => {
  test.each(listed)('%i has words and the policy %s', (code, policy) => {
    const described = describeMetaError(String(code))
    expect(described.policy).toBe(policy)
    expect(described.title).not.toBe('Unknown error')
    expect(described.reason).toMatch(/^[A-Z].*\.$/)
    if (described.advice !== null) expect(described.advice).toMatch(/^[A-Z].*\.$/)
  })

  test('holds no code that the list above forgot', () => {
    const known = new Set(listed.map(([code]) => code))
    expect(Object.keys(metaErrors).filter((code) => !known.has(Number(code)))).toEqual([])
  })

  test.each(['424242', '', 'unreachable', '__proto__', 'constructor', '20x', '2000'])(
    '%j, which it does not know, gets general words and is final',
    (code) => {
      expect(describeMetaError(code)).toMatchObject({ title: 'Unknown error', policy: 'final' })
    },
  )
})

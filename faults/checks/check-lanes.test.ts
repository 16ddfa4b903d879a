import { expect, it } from 'vitest'
import { checkPace } from './check-lanes.ts'

const limit = 80
/** 80 a second; what came in while the provider stood still is accepted at the end of it. */
function arrivals(stall: { fromMs: number; ms: number } | null) {
  return Array.from({ length: 400 }, (_, n) => {
    const at = (n * 1_000) / limit
    if (stall === null || at < stall.fromMs || at > stall.fromMs + stall.ms) return at
    return stall.fromMs + stall.ms
  })
}
function check(times: number[], stalls: { ended_ms: number; ms: number }[]) {
  const ledger = times.map((accepted_ms, n) => ({
    wamid: `wamid.${n}`,
    phone_number_id: '1',
    to: String(n),
    accepted_ms,
    biz_opaque_callback_data: null,
    state: 'accepted' as const,
    answered: 'answered' as const,
  }))
  const line = { phoneNumberId: '1', limitPerSecond: limit }
  return checkPace({ ledger, stalls }, [line])
}

it('I9 a second over the limit is complained of', () => {
  expect(check(arrivals(null), []).complaints).toEqual([])
  const { worst, complaints } = check(arrivals({ fromMs: 1_000, ms: 100 }), [])
  expect(worst.accepted).toBe(88)
  expect(complaints).toHaveLength(1)
})

it('I9 a second that begins as the provider goes on again may hold what waited for it, and no more', () => {
  const times = arrivals({ fromMs: 1_000, ms: 100 })
  expect(check(times, [{ ended_ms: 1_100, ms: 100 }]).complaints).toEqual([])
  expect(check(times, [{ ended_ms: 1_100, ms: 40 }]).complaints).toHaveLength(1)
  expect(check(times, [{ ended_ms: 3_000, ms: 100 }]).complaints).toHaveLength(1)
})

import { expect, it } from 'vitest'
import { cameWhilePaused, checkPace } from './check-lanes.ts'

function check(times: readonly number[], limitPerSecond: number, earliestMs = (atMs: number) => atMs) {
  const ledger = times.map((accepted_ms, n) => ({
    wamid: `wamid.${n}`,
    phone_number_id: '1',
    to: String(n),
    accepted_ms,
    earliestMs: earliestMs(accepted_ms),
    biz_opaque_callback_data: null,
    state: 'accepted' as const,
    answered: 'answered' as const,
  }))
  const { worst, over } = checkPace({ ledger }, [{ phoneNumberId: '1', limitPerSecond }])
  return { worst, over: over.map(({ accepted, limit }) => `${accepted} / ${limit}`) }
}

const evenly = Array.from({ length: 400 }, (_, n) => n * 12.5)

it('I9 a second over the limit is complained of, wherever it begins', () => {
  expect(check(evenly, 80)).toEqual({ worst: { accepted: 80, limit: 80 }, over: [] })
  const oneMore = [...evenly, 1_707].sort((one, other) => one - other)
  expect(check(oneMore, 80)).toEqual({ worst: { accepted: 81, limit: 80 }, over: ['81 / 80'] })
})

it('I9 what came in while the provider stood still counts for a second only if all of it lies within', () => {
  const from = (fromMs: number, toMs: number) => ({
    seen: evenly.map((atMs) => (atMs > fromMs && atMs < toMs ? toMs : atMs)),
    earliest: (atMs: number) => (atMs === toMs ? fromMs : atMs),
  })
  const short = from(1_000, 1_300)
  expect(check(short.seen, 80).over).toEqual(['103 / 80'])
  expect(check(short.seen, 80, short.earliest).over).toEqual([])
  const burst = [...Array.from({ length: 90 }, () => 1_300), 2_600]
  expect(check(burst, 80, (atMs) => (atMs === 1_300 ? 1_000 : atMs)).over).toEqual(['90 / 80'])
})

it.each([
  { what: 'a second after a pause', earliestMs: 2_100, accepted_ms: 2_100, isLate: true },
  { what: 'within that second', earliestMs: 1_900, accepted_ms: 1_900, isLate: false },
  { what: 'within it, read later', earliestMs: 1_900, accepted_ms: 2_600, isLate: false },
  { what: 'during it, read after its end', earliestMs: 2_600, accepted_ms: 4_100, isLate: false },
])('I9 what came $what is late: $isLate', ({ earliestMs, accepted_ms, isLate }) => {
  expect(cameWhilePaused({ earliestMs, accepted_ms }, { fromMs: 1_000, untilMs: 4_000 })).toBe(isLate)
})

import { expect, it } from 'vitest'
import { checkPace } from './check-lanes.ts'

function check(times: readonly number[], limitPerSecond: number) {
  const ledger = times.map((accepted_ms, n) => ({
    wamid: `wamid.${n}`,
    phone_number_id: '1',
    to: String(n),
    accepted_ms,
    biz_opaque_callback_data: null,
    state: 'accepted' as const,
    answered: 'answered' as const,
  }))
  return checkPace({ ledger }, [{ phoneNumberId: '1', limitPerSecond }])
}

it('I9 a second over the limit is complained of, wherever it begins', () => {
  const evenly = Array.from({ length: 400 }, (_, n) => n * 12.5)
  expect(check(evenly, 80)).toEqual({ worst: { accepted: 80, limit: 80 }, complaints: [] })
  const oneMore = [...evenly, 1_707].sort((one, other) => one - other)
  const { worst, complaints } = check(oneMore, 80)
  expect(worst).toEqual({ accepted: 81, limit: 80 })
  expect(complaints).toEqual(['I9 no second over the limit: 1 times not so (81 / 80)'])
})

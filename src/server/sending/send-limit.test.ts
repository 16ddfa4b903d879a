import { expect, it } from 'vitest'
import { sendLimit } from './send-limit.ts'

it.each([
  { allowed: 80, wanted: null, inbound: 0, limit: 80 },
  { allowed: 80, wanted: null, inbound: 30, limit: 50 },
  { allowed: 80, wanted: null, inbound: 500, limit: 8 },
  { allowed: 5, wanted: null, inbound: 5, limit: 1 },
  { allowed: 80, wanted: 20, inbound: 30, limit: 20 },
  { allowed: 80, wanted: 20, inbound: 70, limit: 10 },
  { allowed: 80, wanted: 200, inbound: 0, limit: 80 },
])('of $allowed a second, $wanted wanted, with $inbound coming in, $limit may go out', (row) => {
  const { allowed: allowedPerSecond, wanted: wantedPerSecond, inbound: inboundPerSecond, limit } = row
  expect(sendLimit({ allowedPerSecond, wantedPerSecond, inboundPerSecond })).toBe(limit)
})

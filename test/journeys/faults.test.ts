import { expect, it } from 'vitest'
import { runFaults } from '../../faults/run-faults.ts'

const minutes = 1
// A seed whose first minute holds a harm of each kind.
const seed = 39

it('a minute of kills, freezes, lost answers and doubled callbacks loses nothing and sends nothing twice', async () => {
  const atLeast = { accepted: 2_000, kinds: ['freeze', 'kill_postmaster', 'kill_provider'] as const }
  const options = { minutes, seed, messagesMax: 20_000, hubCount: 3, atLeast }
  const result = await runFaults(options, () => undefined)
  if (result.violations.length > 0) expect.fail(result.violations.join('\n'))
  // Otherwise nothing was proven: messages went out, and what was done to hubs, database and provider was felt.
  expect(result.messages).toBeGreaterThan(1_000)
  expect(result.kills).toBeGreaterThan(3)
  expect(result.freezes).toBeGreaterThan(0)
  expect(result.postmasterKills).toBeGreaterThan(0)
  expect(result.providerKills).toBeGreaterThan(0)
  expect(result.lostAnswers).toBeGreaterThan(20)
}, 1_200_000)

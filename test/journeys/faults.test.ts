import { expect, it } from 'vitest'
import { runFaults } from '../../faults/run-faults.ts'

const minutes = 1

it('a minute of kills, freezes, lost answers and doubled callbacks loses nothing and sends nothing twice', async () => {
  const options = { minutes, seed: 20, messagesMax: 20_000, hubCount: 3 }
  const result = await runFaults(options, () => undefined)
  if (result.violations.length > 0) expect.fail(result.violations.join('\n'))
  // Otherwise nothing was proven: messages went out, and what was done to the hubs was felt.
  expect(result.messages).toBeGreaterThan(1_000)
  expect(result.kills).toBeGreaterThan(3)
  expect(result.lostAnswers).toBeGreaterThan(20)
}, 600_000)

import { nowMs } from '../world/clock.ts'
import { DAY_MS } from '../world/limits.ts'
import type { World } from '../world/world.ts'

/** Limits count what was sent lately: after a restart they learn it from the ledger. */
export function remindLimits(world: World): void {
  const { ledger, numbers, portfolios } = world
  const sinceMs = nowMs() - DAY_MS
  for (let at = 0; at < ledger.size; at += 1) {
    const atMs = ledger.times[at] ?? 0
    if (atMs < sinceMs) continue
    const recipient = ledger.recipients[at] ?? 0
    const number = numbers.get(ledger.numberIds[ledger.numberIndexes[at] ?? 0] ?? '')
    if (number === undefined) continue
    number.movingSecond?.take(atMs)
    number.pairLimit.take(recipient, atMs)
    const portfolio = portfolios.get(number.portfolioId)
    if (portfolio === undefined || !ledger.countsTowardsLimit(at)) continue
    portfolio.dailyRecipients.take(recipient, portfolio.messagingLimit, atMs)
  }
}

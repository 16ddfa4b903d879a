import type { Fact } from '../providers/index.ts'

/** Clocks differ by seconds; a day is a mistake. */
const aheadMaxMs = 24 * 60 * 60 * 1000

/**
 * A fact from beyond the day after its webhook came has no time: it would stand above all that comes later, and nothing
 * said afterwards would be newer.
 */
export function withoutTimesAhead(fact: Fact, receivedAt: Date): { fact: Fact; isAhead: boolean } {
  const isAhead = (at: Date | null) => at !== null && at.getTime() > receivedAt.getTime() + aheadMaxMs
  if (fact.kind === 'history') {
    if (!fact.messages.some(({ at }) => isAhead(at))) return { fact, isAhead: false }
    const messages = fact.messages.map((one) => (isAhead(one.at) ? { ...one, at: null } : one))
    return { fact: { ...fact, messages }, isAhead: true }
  }
  if (!('at' in fact) || !isAhead(fact.at)) return { fact, isAhead: false }
  return { fact: { ...fact, at: null }, isAhead: true }
}

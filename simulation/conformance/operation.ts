import type { Chance } from '../../faults/chance.ts'
import type { ClaimedMessage } from '../../src/server/messages/index.ts'
import { nonEmpty } from '../scenario.ts'
import type { Pair, Told } from './pair.ts'

/** What both sides answered to the same question. */
export type Answers = readonly [database: unknown, model: unknown]

/** What went before, for operations that come back to it. */
export interface Past {
  leases: { owner: string; epoch: number }[]
  claimed: ClaimedMessage[]
  told: Told[]
  /** Ids of which a status came before any answer did. */
  early: string[]
  names: number
}

export type Operation = (pair: Pair, chance: Chance, past: Past) => Promise<Answers>

/** With how often it comes against the others. */
export type Weighted = readonly [name: string, weight: number, run: Operation]

export const nothing: Answers = [null, null]

/** Mostly the newest, sometimes one that is gone, or never was. */
export function anyLane(pair: Pair, chance: Chance, { leases }: Past) {
  const { owner, epoch } = chance.pick(
    nonEmpty([{ owner: 'nobody', epoch: 0 }, ...leases].slice(-2).reverse()),
  )
  return pair.laneOf(owner, epoch)
}

export function someClaimed(chance: Chance, { claimed }: Past): ClaimedMessage[] {
  const lately = claimed.slice(-12).filter(() => chance.number() < 0.4)
  return [...new Map(lately.map((message) => [message.id, message])).values()]
}

import type { ListId, NumberId } from '../../src/contract/index.ts'
import type { KnownLimits } from '../../src/server/connectors/index.ts'
import type { AttemptOutcome, Claim, ClaimedMessage } from '../../src/server/messages/index.ts'
import type { Lane, Lease } from '../../src/server/platform/index.ts'
import type { Acquired, Holdings } from '../../src/server/platform/lanes/leases.ts'
import type { LaneOutlook } from '../../src/server/sending/queries.ts'
import { claimDirect, claimOfList } from './claims.ts'
import { keepCrowdedPairs, keepStop, knownLimits, type StopSpans } from './known-limits.ts'
import { acquireLeases, attendLanes, releaseLease, renewLeases } from './leases.ts'
import { recordOutcomes, releaseIntents, releaseUnheard } from './outcomes.ts'
import { emptyTables, type Tables } from './rows.ts'
import { applyStatus, type ToldStatus } from './statuses.ts'
import { expireUnknowns, markStale, resendByPolicy } from './sweeps.ts'

/**
 * What PostgreSQL does for lanes, in memory and on a clock of its own: each method is one transaction. A test drives it
 * and PostgreSQL side by side, so it can't promise what the statements don't keep.
 */
export class StoreModel {
  readonly tables: Tables
  readonly #now: () => number

  /** `now`: the database's clock, in milliseconds. `dayMs`: what counts as 24 hours for the daily limit. */
  constructor(now: () => number, dayMs: number) {
    this.#now = now
    this.tables = emptyTables(dayMs)
  }

  acquire(owner: string, keys: readonly string[], most = keys.length): Acquired {
    return acquireLeases(this.tables, this.#now(), { owner, most }, keys)
  }

  renew(owner: string, leases: readonly Lease[]): Set<string> {
    return renewLeases(this.tables, this.#now(), owner, leases)
  }

  attend(owner: string): Holdings {
    return attendLanes(this.tables, this.#now(), owner)
  }

  leave(owner: string): void {
    this.tables.workers.delete(owner)
  }

  releaseLease(owner: string, lease: Lease): void {
    releaseLease(this.tables, owner, lease)
  }

  dueNumbers(ids: readonly string[]): string[] {
    return ids.filter((id) => this.outlook(id).has_direct || this.#hasDueList(id))
  }

  /** Whether something is due that is in no list, the lists whose gates are open, and how much comes in. */
  outlook(numberId: string): LaneOutlook {
    const nowMs = this.#now()
    const { queue, messages, gates, inbound } = this.tables
    const hasDirect = [...queue].some(([id, dueAt]) => {
      const row = messages.get(id)
      return dueAt <= nowMs && row?.list_id === null && row.number_id === numberId
    })
    const open = [...gates.values()].filter(
      (gate) => gate.number_id === numberId && gate.sends_until !== null && gate.sends_until > nowMs,
    )
    const lately = inbound.filter(({ number_id, at }) => number_id === numberId && at > nowMs - 1_000)
    return {
      has_direct: hasDirect,
      gates: open.map(({ list_id, weight }) => ({ list_id, weight })),
      inbound_per_second: lately.length,
    }
  }

  knownLimits(numberId: NumberId): KnownLimits {
    return knownLimits(this.tables, this.#now(), numberId)
  }

  keepStop(lane: Lane, numberId: NumberId, stop: StopSpans | null): void {
    keepStop(this.tables, this.#now(), lane, { numberId, stop })
  }

  keepCrowdedPairs(lane: Lane, numberId: NumberId, pairs: KnownLimits['crowded']): void {
    keepCrowdedPairs(this.tables, this.#now(), lane, { numberId, pairs })
  }

  claimDirect(lane: Lane, limit: number): Claim {
    return claimDirect(this.tables, this.#now(), lane, limit)
  }

  claimOfList(lane: Lane, from: { list_id: ListId; after: string }, limit: number): Claim {
    return claimOfList(this.tables, this.#now(), lane, { from, limit })
  }

  release(intents: readonly ClaimedMessage[]): void {
    releaseIntents(this.tables, this.#now(), intents)
  }

  now(): Date {
    return new Date(this.#now())
  }

  releaseUnheard(lane: Lane, known: { heardOfIds: readonly string[]; before: Date }): number {
    return releaseUnheard(this.tables, this.#now(), lane, known)
  }

  record(outcomes: readonly AttemptOutcome[]): void {
    recordOutcomes(this.tables, this.#now(), outcomes)
  }

  markStale(staleAfterMs: number): number {
    return markStale(this.tables, this.#now(), staleAfterMs)
  }

  resendByPolicy(): number {
    return resendByPolicy(this.tables, this.#now())
  }

  expireUnknowns(): number {
    return expireUnknowns(this.tables, this.#now())
  }

  applyStatus(told: ToldStatus): 'applied' | 'repeat' | 'unrouted' {
    return applyStatus(this.tables, this.#now(), told)
  }

  #hasDueList(numberId: string): boolean {
    const nowMs = this.#now()
    const open = new Set<string>(this.outlook(numberId).gates.map(({ list_id }) => list_id))
    return [...this.tables.queue].some(([id, dueAt]) => {
      const listId = this.tables.messages.get(id)?.list_id
      return dueAt <= nowMs && listId != null && open.has(listId)
    })
  }
}

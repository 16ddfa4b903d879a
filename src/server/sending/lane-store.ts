import {
  type KnownLimits,
  keepCrowdedPairs,
  keepStop,
  listSendingNumbers,
  type NumberConnection,
  numberConnection,
  selectKnownLimits,
  touchNumbers,
} from '../connectors/index.ts'
import {
  type AttemptOutcome,
  type Claim,
  type ClaimedMessage,
  claimDirectIntents,
  claimListIntents,
  expireUnknowns,
  recordOutcomes,
  releaseIntents,
  resendByPolicy,
  settleStaleIntents,
} from '../messages/index.ts'
import type { Ctx, Lane } from '../platform/index.ts'
import { countResent } from './count-resent.ts'
import {
  type LaneOutlook,
  requeueUnheardIntents,
  selectDatabaseTime,
  selectDueNumbers,
  selectOutlook,
} from './queries.ts'
import type { LaneNumber } from './run-number-lane.ts'

/** Where a lane sends, and how fast it may. */
export interface LaneTarget {
  connection: NumberConnection['connection']
  number: Pick<
    NumberConnection['number'],
    'phone_number_id' | 'pace_limit_per_second' | 'pace_override_per_second'
  >
}

/**
 * What lanes ask of the database, and all they ask of it. Each verb is one transaction: it happens as a whole or not at
 * all, and when its answer is lost nobody knows which. The simulation puts a model of its own behind these verbs.
 */
export interface LaneStore {
  sendingNumbers(): Promise<{ id: string; workspace_id: string }[]>
  /** Of these numbers, those that have something to send now. */
  dueNumbers(numberIds: readonly string[]): Promise<string[]>
  connection(number: LaneNumber): Promise<LaneTarget>
  outlook(numberId: string): Promise<LaneOutlook>
  knownLimits(number: LaneNumber): Promise<KnownLimits>
  keepStop(lane: Lane, number: LaneNumber, stop: Parameters<typeof keepStop>[3]): Promise<void>
  keepCrowdedPairs(lane: Lane, number: LaneNumber, pairs: KnownLimits['crowded']): Promise<void>
  claimDirect(lane: Lane, limit: number): Promise<Claim>
  claimOfList(lane: Lane, from: Parameters<typeof claimListIntents>[2], limit: number): Promise<Claim>
  /** Back to the queue with intents of which nothing was written. */
  release(intents: readonly ClaimedMessage[]): Promise<void>
  /** By the clock that decides everything between processes. */
  now(): Promise<Date>
  /** Back to the queue with intents of a lane, made before a time, of which this process never heard. Returns how many. */
  releaseUnheard(lane: Lane, known: { heardOfIds: readonly string[]; before: Date }): Promise<number>
  record(outcomes: readonly AttemptOutcome[]): Promise<void>
  markStale(staleAfterMs: number): Promise<number>
  resendByPolicy(): Promise<number>
  expireUnknowns(): Promise<number>
  noteTraffic(number: LaneNumber, at: Date): Promise<void>
}

export function databaseStore(ctx: Ctx): LaneStore {
  const db = ctx.db.worker
  const { lanes } = ctx.db
  return {
    sendingNumbers: () => listSendingNumbers(db),
    dueNumbers: (ids) => selectDueNumbers(lanes, ids),
    connection: ({ workspaceId, numberId }) => numberConnection(ctx, workspaceId, numberId),
    outlook: (numberId) => selectOutlook(lanes, numberId),
    knownLimits: ({ workspaceId, numberId }) => selectKnownLimits(lanes, workspaceId, numberId),
    keepStop: (lane, { workspaceId }, stop) => keepStop(db, workspaceId, lane, stop),
    keepCrowdedPairs: (lane, { workspaceId }, pairs) => keepCrowdedPairs(db, workspaceId, lane, pairs),
    claimDirect: (lane, limit) => claimDirectIntents(lanes, lane, limit),
    claimOfList: (lane, from, limit) => claimListIntents(lanes, lane, from, limit),
    release: (intents) => releaseIntents(lanes, intents),
    now: () => selectDatabaseTime(db),
    releaseUnheard: (lane, known) => requeueUnheardIntents(db, lane, known),
    record: (outcomes) => recordOutcomes(ctx, outcomes),
    markStale: (staleAfterMs) => settleStaleIntents(db, staleAfterMs),
    resendByPolicy: async () => {
      const resent = await resendByPolicy(ctx)
      if (resent.length > 0) countResent(ctx, 'policy', resent.length)
      return resent.length
    },
    expireUnknowns: () => expireUnknowns(db),
    noteTraffic: ({ workspaceId, numberId }, at) =>
      touchNumbers(db, workspaceId, { outbound: [numberId] }, at),
  }
}

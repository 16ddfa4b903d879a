import type { NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Ctx, Db } from '../platform/index.ts'
import type { StoredError } from './message.ts'
import { type RecordedOutcome, updateAttempted } from './queries-outcomes.ts'
import { lockAnswers, type NewFact, takeOrphans } from './queries-statuses.ts'
import { type FactOfMessage, recordFacts } from './record-facts.ts'
import { tellLimits } from './tell-limits.ts'
import { tellLive } from './tell-live.ts'

/** What became of one attempt, ready to be written. Keyed by message and attempt: true whoever reports it, and when. */
export interface AttemptOutcome {
  workspace_id: WorkspaceId
  number_id: NumberId
  message_id: string
  attempt: number
  outcome: 'accepted' | 'later' | 'refused' | 'unknown' | 'unsent'
  http_status: number | null
  external_id: string | null
  error: StoredError | null
  /** For `later` and `unsent`: when the message may be claimed again. */
  retry_in_ms: number | null
}

/**
 * Writes a batch of outcomes of any lanes in one transaction: attempts, messages, the facts and events of refusals, and
 * statuses that came before their answer. Writing the same outcome twice changes nothing.
 */
export async function recordOutcomes(ctx: Ctx, outcomes: readonly AttemptOutcome[]): Promise<void> {
  if (outcomes.length === 0) return
  const { recorded, fresh } = await ctx.db.lanes.transaction().execute((tx) => record(tx, outcomes))
  for (const [workspaceId, rows] of byWorkspace([...recorded, ...fresh]))
    tellLive(ctx.live, workspaceId, rows)
  // Refusals of its own the lane has followed already.
  const told = fresh.filter(({ inbound_log_id }) => inbound_log_id !== null)
  for (const [workspaceId, facts] of byWorkspace(told)) await tellLimits(ctx, workspaceId, facts)
}

type Answered = { workspace_id: WorkspaceId; number_id: NumberId; external_id: string }
type WorkspaceFact = { workspace_id: WorkspaceId; fact: FactOfMessage }
type FreshFact = NewFact & { workspace_id: WorkspaceId }

async function record(
  db: Db,
  outcomes: readonly AttemptOutcome[],
): Promise<{ recorded: RecordedOutcome[]; fresh: FreshFact[] }> {
  const answered = outcomes.flatMap(({ workspace_id, number_id, external_id }) =>
    external_id === null ? [] : [{ workspace_id, number_id, external_id }],
  )
  const numberIds = answered.map((one) => one.number_id)
  if (numberIds.length > 0) await lockAnswers(db, numberIds, 'shared')
  const recorded = await updateAttempted(db, outcomes)
  const facts = [...refusals(outcomes, recorded), ...(await orphansOf(db, answered, recorded))]
  const fresh: FreshFact[] = []
  for (const [workspaceId, rows] of byWorkspace(facts)) {
    const { fresh: written } = await recordFacts(
      db,
      workspaceId,
      rows.map((row) => row.fact),
    )
    fresh.push(...written.map((fact) => ({ ...fact, workspace_id: workspaceId })))
  }
  return { recorded, fresh }
}

/** The provider's "no" is told like a status: one fact, one pair of events, and the same columns. */
function refusals(
  outcomes: readonly AttemptOutcome[],
  recorded: readonly RecordedOutcome[],
): WorkspaceFact[] {
  const refused = new Set<string>(
    recorded.filter((row) => row.state === 'rejected').map((row) => row.message_id),
  )
  return outcomes.flatMap(({ workspace_id, message_id, outcome, error }) => {
    if (outcome !== 'refused' || !refused.has(message_id)) return []
    return [{ workspace_id, fact: { ...unsourced, message_id, kind: 'failed' as const, error } }]
  })
}

/** Statuses that were faster than the answer naming their message. */
async function orphansOf(
  db: Db,
  answered: readonly Answered[],
  recorded: readonly RecordedOutcome[],
): Promise<WorkspaceFact[]> {
  if (answered.length === 0) return []
  const orphans = await takeOrphans(db, answered)
  if (orphans.length === 0) return []
  const messageIds = new Map(recorded.map((row) => [`${row.number_id}|${row.external_id}`, row.message_id]))
  return orphans.flatMap(({ workspace_id, number_id, external_id, kind, fact, inbound_log_id }) => {
    const message_id = messageIds.get(`${number_id}|${external_id}`)
    if (message_id === undefined) return []
    const at = fact.at === null ? null : new Date(fact.at)
    return [
      { workspace_id, fact: { ...unsourced, ...fact, at, message_id, kind, external_id, inbound_log_id } },
    ]
  })
}

const unsourced = {
  at: null,
  pricing: null,
  inbound_log_id: null,
  external_id: null,
  whatsapp_id: null,
  attempt: null,
}

function byWorkspace<Row extends { workspace_id: WorkspaceId }>(
  rows: readonly Row[],
): Map<WorkspaceId, Row[]> {
  const groups = new Map<WorkspaceId, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.workspace_id)
    if (group) group.push(row)
    else groups.set(row.workspace_id, [row])
  }
  return groups
}

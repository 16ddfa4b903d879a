import pg from 'pg'
import { ParleyError } from '../platform/index.ts'
import type { Fact, ServerCtx } from '../providers/index.ts'
import type { Owner } from './find-owner.ts'
import type { FactOutcome, ReadFact } from './read-facts.ts'

export interface OwnedFact extends ReadFact {
  owner: Owner | null
}

export interface AppliedFact {
  outcome: FactOutcome
  /** Why it failed; only then. */
  error: string | null
  /** Trying again would end the same. */
  isFinal?: boolean
}

export type Applied = Map<OwnedFact, AppliedFact>

/** Two facts made or changed the same person at once; the second try sees what the other one wrote. */
function isCollision(error: unknown): boolean {
  return error instanceof pg.DatabaseError && ['23505', '40P01'].includes(error.code ?? '')
}

/** An error is the fact's, not the batch's; the log line names the kind, never the content. */
export async function attempt(
  ctx: ServerCtx,
  { log, fact }: { log: { id: string }; fact: Pick<Fact, 'kind'> },
  apply: () => Promise<FactOutcome>,
): Promise<AppliedFact> {
  try {
    return {
      outcome: await apply().catch((error) => (isCollision(error) ? apply() : Promise.reject(error))),
      error: null,
    }
  } catch (error) {
    ctx.log.warn({ error, inbound_log_id: log.id, kind: fact.kind }, 'fact not applied')
    const isFinal = error instanceof ParleyError && error.code === 'validation_failed'
    return { outcome: 'failed', error: error instanceof Error ? error.message : String(error), isFinal }
  }
}

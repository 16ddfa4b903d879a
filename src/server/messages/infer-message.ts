import type { NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { StatusFact } from '../providers/index.ts'
import { selectOnlyUnknowns, selectOrphanIds } from './queries-inferred.ts'

/**
 * Failures that name neither an id we know nor our tag, which the provider may leave out of them: if exactly one message
 * to that person has no known outcome, it is this one. Returns message ids by the provider's id. Call it while no answer
 * can be recorded. What was kept as an orphan before stays one, so that a replay changes nothing.
 */
export async function inferMessages(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  nameless: readonly StatusFact[],
): Promise<Map<string, string>> {
  const failures = nameless.filter(isUntaggedFailure)
  const alone = failures.filter((fact) =>
    failures.every((other) => isSame(other, fact) || !isRival(other, fact)),
  )
  if (alone.length === 0) return new Map()
  const orphaned = new Set(
    await selectOrphanIds(
      db,
      workspaceId,
      numberId,
      alone.map((fact) => fact.external_id),
    ),
  )
  const fresh = alone.filter((fact) => !orphaned.has(fact.external_id))
  const unknowns = await selectOnlyUnknowns(db, workspaceId, numberId, [
    ...new Set(fresh.map((fact) => fact.recipient)),
  ])
  const byRecipient = new Map(unknowns.map(({ to_phone, id }) => [to_phone, id]))
  return new Map(
    fresh.flatMap(({ external_id, recipient }) => {
      const id = byRecipient.get(recipient)
      return id === undefined ? [] : [[external_id, id] as const]
    }),
  )
}

function isUntaggedFailure({ status, opaque, recipient }: StatusFact): boolean {
  return status === 'failed' && opaque === null && recipient !== ''
}

function isSame(one: StatusFact, other: StatusFact): boolean {
  return one.external_id === other.external_id
}

/** Two messages to one person failed: nobody can say which of them is ours. */
function isRival(one: StatusFact, other: StatusFact): boolean {
  return one.recipient === other.recipient
}

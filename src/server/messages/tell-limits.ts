import type { NumberId, WorkspaceId } from '../../contract/index.ts'
import { noteToldLimits } from '../connectors/index.ts'
import type { Ctx } from '../platform/index.ts'
import { isPairLimit, isTooFast } from '../providers/index.ts'
import type { NewFact } from './queries-statuses.ts'

/**
 * Failures that come as a status, after the message was accepted, may say that its number was too fast or wrote to this
 * person too often. The lane learns it, in whichever process it is. Nothing is lost without it but a few refusals.
 */
export async function tellLimits(
  ctx: Pick<Ctx, 'db' | 'log'>,
  workspaceId: WorkspaceId,
  facts: readonly NewFact[],
): Promise<void> {
  const byNumber = new Map<NumberId, NewFact[]>()
  for (const fact of facts) {
    const code = fact.kind === 'failed' ? fact.error?.code : undefined
    if (code === undefined || !(isTooFast(code) || isPairLimit(code))) continue
    byNumber.set(fact.number_id, [...(byNumber.get(fact.number_id) ?? []), fact])
  }
  for (const [numberId, failed] of byNumber) {
    const tooFast = failed.flatMap(({ error, at }) => (isTooFast(error?.code ?? '') ? [at] : []))
    const crowded = failed.filter(({ error }) => isPairLimit(error?.code ?? ''))
    await noteToldLimits(ctx.db.worker, workspaceId, numberId, { tooFast, crowded }).catch((error: unknown) =>
      ctx.log.warn({ error, number_id: numberId }, 'limits told by statuses not kept'),
    )
  }
}

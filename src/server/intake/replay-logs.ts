import type { InboundLog, ReplaySpan } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { presentInboundLog } from './present-inbound-log.ts'
import { resetLog, resetLogs, selectLog } from './queries-log.ts'
import { partitionCount } from './raw-webhook.ts'
import { wakeIntake } from './wake-intake.ts'

const stepSize = 5_000
const allPartitions = Array.from({ length: partitionCount }, (_, partition) => partition)

/**
 * Has a webhook worked on anew. What it told before is known and changes nothing. Throws not_found, and conflict when
 * its body is not kept any more.
 */
export async function replayLog(ctx: Ctx, actor: Actor, id: string): Promise<InboundLog> {
  const { workspaceId } = actor
  await readOrRefuse(ctx, actor, id)
  const partition = await resetLog(ctx.db.worker, workspaceId, id)
  if (partition === null) throw new ParleyError('conflict', 'The body of this webhook is not kept any more.')
  await audit(ctx, actor, { action: 'inbound_log.replayed', subject_id: id })
  wakeIntake(ctx.wake, [partition])
  return presentInboundLog(await readOrRefuse(ctx, actor, id))
}

/** The same for all that came in a span of time; returns how many. */
export async function replaySpan(ctx: Ctx, actor: Actor, span: ReplaySpan): Promise<number> {
  await audit(ctx, actor, { action: 'inbound_log.span_replayed', after: span })
  let total = 0
  let afterId: string | null = ''
  while (afterId !== null) {
    const step = await resetLogs(ctx.db.worker, actor.workspaceId, {
      since: new Date(span.since),
      until: new Date(span.until),
      afterId,
      limit: stepSize,
    })
    total += step.count
    afterId = step.lastId
    wakeIntake(ctx.wake, allPartitions)
  }
  return total
}

async function readOrRefuse(ctx: Ctx, { workspaceId }: Actor, id: string) {
  const row = await ctx.db.inWorkspace(workspaceId, (tx) => selectLog(tx, workspaceId, id))
  if (!row) throw new ParleyError('not_found', 'There is no inbound log with this id.')
  return row
}

function audit(ctx: Ctx, actor: Actor, entry: Parameters<typeof recordAudit>[2]): Promise<void> {
  return ctx.db.inWorkspace(actor.workspaceId, (tx) => recordAudit(tx, actor, entry))
}

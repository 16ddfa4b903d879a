import type { Ctx } from '../platform/index.ts'
import type { Owner } from './find-owner.ts'
import { insertWaiting, resetArrived } from './queries-waiting.ts'
import { wakeIntake } from './wake-intake.ts'

const stepSize = 1_000

/** What a message was charged as, or led to, may be told before the message: the webhook then waits for it. */
export async function awaitMessage(
  ctx: Pick<Ctx, 'db'>,
  { workspaceId, numberId }: Owner,
  { external_id, inbound_log_id }: { external_id: string; inbound_log_id: string },
): Promise<void> {
  if (numberId === null) return
  const news = { number_id: numberId, external_id, inbound_log_id }
  await insertWaiting(ctx.db.worker, workspaceId, news)
}

/** Has the webhooks worked on anew whose message is here by now. */
export async function takeUpArrived(ctx: Pick<Ctx, 'db' | 'wake'>, signal?: AbortSignal): Promise<void> {
  let looked = stepSize
  while (looked === stepSize && !signal?.aborted) {
    const step = await resetArrived(ctx.db.worker, stepSize)
    looked = step.looked
    if (step.partitions.length > 0) wakeIntake(ctx.wake, step.partitions)
  }
}

import { type List, type ListId, listId as listIdSchema } from '../../../contract/index.ts'
import { recordAudit } from '../../events/index.ts'
import { cancelListMessages } from '../../messages/index.ts'
import type { Actor, Ctx, Db } from '../../platform/index.ts'
import { changeList } from './change-list.ts'
import { countUnexpanded, insertCountDelta } from './count-queries.ts'
import type { ListRow } from './list.ts'
import { resolvePause } from './pause-list.ts'
import { selectUncancelledLists, updateState } from './queries.ts'
import { readList } from './read-list.ts'
import { shutGate } from './set-gate.ts'

/** Up to here the messages are taken back before the answer; those of a bigger list by the worker, just after. */
const rowsAtOnceMax = 20_000
/** A transaction of some 200 ms; what else the worker does each second waits for a few of them at most. */
const batchSize = 5_000
const turnMs = 500

/**
 * Ends the list for good. The gate shuts at once, in a short transaction; only then the messages are taken back, which
 * takes seconds for a big list. What is in flight ends by itself and is counted.
 */
export async function cancelList(ctx: Ctx, actor: Actor, listId: ListId): Promise<List> {
  const { workspaceId } = actor
  const list = await changeList(ctx, actor, {
    listId,
    change: { act: 'cancel', action: 'list.cancelled', apply: (tx, row) => endList(tx, actor, row) },
  })
  if (list.state !== 'cancelled' || list.rows > rowsAtOnceMax) return list
  await ctx.db.inWorkspace(workspaceId, (tx) =>
    cancelListMessages(tx, workspaceId, { listId, limit: rowsAtOnceMax }),
  )
  return readList(ctx, workspaceId, listId)
}

/** For a locked list whose hub goes away; the worker takes its messages back. */
export async function cancelLockedList(db: Db, actor: Actor, list: ListRow): Promise<void> {
  await endList(db, actor, list)
  await recordAudit(db, actor, {
    action: 'list.cancelled',
    subject_id: list.id,
    subject_name: list.name,
    before: { state: list.state },
  })
}

/**
 * Takes back messages of cancelled lists that are still queued, for a moment: other lists must not wait for a million of
 * them. Says whether there is more to do.
 */
export async function cancelLeftMessages(ctx: Ctx): Promise<boolean> {
  const endsAtMs = ctx.clock.monotonicMs() + turnMs
  for (const { workspace_id: workspaceId, id } of await selectUncancelledLists(ctx.db.worker)) {
    const messages = { listId: listIdSchema.parse(id), limit: batchSize }
    for (let taken = batchSize; taken === batchSize; ) {
      if (ctx.clock.monotonicMs() > endsAtMs) return true
      taken = await ctx.db.asWorker((tx) => cancelListMessages(tx, workspaceId, messages))
    }
  }
  return false
}

async function endList(db: Db, { workspaceId }: Actor, list: ListRow): Promise<void> {
  await insertCountDelta(db, workspaceId, {
    listId: list.id,
    bucket: 'skipped',
    reason: 'cancelled',
    n: await countUnexpanded(db, workspaceId, list.id),
  })
  await updateState(db, workspaceId, list.id, { state: 'cancelled', ended: true })
  await shutGate(db, workspaceId, list)
  await resolvePause(db, workspaceId, list.id)
}

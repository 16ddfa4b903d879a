import type { List, ListId } from '../../../contract/index.ts'
import { requeueFailed } from '../../messages/index.ts'
import { type Actor, type Ctx, ParleyError } from '../../platform/index.ts'
import { changeList } from './change-list.ts'
import { runLockedList } from './start-list.ts'

/** Queues a new round for those whose message failed; a list that had finished or was paused runs again. */
export function retryFailed(ctx: Ctx, actor: Actor, listId: ListId): Promise<List> {
  const { workspaceId } = actor
  return changeList(ctx, actor, {
    listId,
    change: {
      act: 'retry',
      action: 'list.retried',
      apply: async (tx, list) => {
        if (!list.hub_enabled) throw new ParleyError('hub_disabled', 'The hub is disabled. Enable it first.')
        const queued = await requeueFailed(tx, workspaceId, listId)
        if (queued === 0) {
          throw new ParleyError('list_has_no_recipients', 'No message of this list has failed.')
        }
        if (list.state !== 'running') await runLockedList(tx, workspaceId, { list, now: ctx.clock.now() })
      },
    },
  })
}

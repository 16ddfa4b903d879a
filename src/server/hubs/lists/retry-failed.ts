import type { List, ListId } from '../../../contract/index.ts'
import { requeueFailed } from '../../messages/index.ts'
import { type Actor, type Ctx, ParleyError } from '../../platform/index.ts'
import { changeList } from './change-list.ts'
import { runLockedList } from './start-list.ts'

/**
 * Queues a new round for those whose message failed, but for those who must not be tried again within a day; a list
 * that had finished or was paused runs again.
 */
export function retryFailed(ctx: Ctx, actor: Actor, listId: ListId): Promise<List> {
  const { workspaceId } = actor
  return changeList(ctx, actor, {
    listId,
    change: {
      act: 'retry',
      action: 'list.retried',
      apply: async (tx, list) => {
        if (!list.hub_enabled) throw new ParleyError('hub_disabled', 'The hub is disabled. Enable it first.')
        const { queued, left } = await requeueFailed(tx, workspaceId, listId)
        if (queued === 0) throw nothingToRetry(left)
        if (list.state !== 'running') await runLockedList(tx, workspaceId, { list, now: ctx.clock.now() })
      },
    },
  })
}

function nothingToRetry(left: number): ParleyError {
  const message =
    left === 0
      ? 'No message of this list has failed.'
      : 'WhatsApp wants a day to pass before what failed here is tried again. Try again tomorrow.'
  return new ParleyError('list_has_no_recipients', message)
}

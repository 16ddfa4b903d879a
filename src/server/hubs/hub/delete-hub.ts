import type { HubId } from '../../../contract/index.ts'
import { recordAudit } from '../../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../../platform/index.ts'
import { cancelLockedList } from '../lists/cancel-list.ts'
import { lockList } from '../lists/queries.ts'
import { deleteHubRow, lockHub, selectUnfinishedLists } from './queries.ts'

/** Throws hub_has_active_lists while a list is sending or scheduled. Lists that wait or are paused are cancelled. */
export async function deleteHub(ctx: Ctx, actor: Actor, id: HubId): Promise<void> {
  const { workspaceId } = actor
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const hub = await lockHub(tx, workspaceId, { hubId: id, shared: false })
    if (!hub) throw new ParleyError('not_found', 'There is no such hub.')
    for (const listId of await selectUnfinishedLists(tx, workspaceId, id)) {
      const list = await lockList(tx, workspaceId, listId)
      if (list?.state === 'running' || list?.state === 'scheduled') throw hasActiveLists(list.name)
      if (list) await cancelLockedList(tx, actor, list)
    }
    await deleteHubRow(tx, workspaceId, id)
    await recordAudit(tx, actor, { action: 'hub.deleted', subject_id: id, subject_name: hub.name })
  })
}

function hasActiveLists(name: string): ParleyError {
  return new ParleyError(
    'hub_has_active_lists',
    `The list "${name}" is being sent. Pause or finish all active lists first.`,
  )
}

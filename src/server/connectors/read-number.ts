import type { NumberDetail, NumberId, WorkspaceId } from '../../contract/index.ts'
import { type Ctx, ParleyError } from '../platform/index.ts'
import { presentNumberWithLimit } from './present-number.ts'
import { selectDailyLimitUse, selectFreeingPlaces, selectSharers } from './queries-limits.ts'
import { selectNumber } from './queries-numbers.ts'

export function readNumber(ctx: Ctx, workspaceId: WorkspaceId, id: NumberId): Promise<NumberDetail> {
  return ctx.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectNumber(tx, workspaceId, id)
    if (row === null) throw new ParleyError('not_found', 'There is no such number.')
    const [use] = await selectDailyLimitUse(tx, workspaceId, [id])
    const frees = use?.total ? await selectFreeingPlaces(tx, workspaceId, id) : []
    const sharers = await selectSharers(tx, workspaceId, id)
    return {
      ...presentNumberWithLimit(row, use),
      messaging_limit_frees: frees.map(({ until, people }) => ({ until: until.toISOString(), people })),
      messaging_limit_shared_with: sharers.ids,
      messaging_limit_shared_elsewhere: sharers.elsewhere,
    }
  })
}

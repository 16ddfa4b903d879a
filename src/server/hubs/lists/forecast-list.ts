import type { ListForecast, ListId, WorkspaceId } from '../../../contract/index.ts'
import { type DailyLimit, readDailyLimit } from '../../connectors/index.ts'
import type { Ctx } from '../../platform/index.ts'
import { countList } from './count-list.ts'
import { countNewPeople } from './count-new-people.ts'
import { selectCounts } from './count-queries.ts'
import { forecastEnd, paceOf } from './forecast.ts'
import { getList } from './read-list.ts'

/** When the list will be through, and what it takes of the daily limit; for a paused one, as if it were resumed now. */
export function forecastList(ctx: Ctx, workspaceId: WorkspaceId, listId: ListId): Promise<ListForecast> {
  return ctx.db.inWorkspace(workspaceId, async (tx) => {
    const list = await getList(tx, workspaceId, listId)
    const { counts } = countList(list, await selectCounts(tx, workspaceId, [listId]))
    const limit = await readDailyLimit(tx, workspaceId, list.number_id)
    const now = ctx.clock.now()
    const remaining = list.state === 'cancelled' ? 0 : counts.waiting + counts.sending
    const { perSecond, from } = paceOf(list, now)
    const newPeople =
      limit === null || remaining === 0 ? 0 : await countNewPeople(tx, { listId, waiting: counts.waiting })
    const plan = { count: remaining, perSecond, from, limit, newPeople }
    const end = remaining === 0 ? null : forecastEnd(list, plan)
    return {
      remaining,
      per_second: perSecond,
      finishes_at: end?.toISOString() ?? null,
      daily_limit: presentListLimit(limit, newPeople),
    }
  })
}

export function presentListLimit(limit: DailyLimit | null, needs: number): ListForecast['daily_limit'] {
  return limit && { total: limit.total, free: Math.max(0, limit.total - limit.used), needs }
}

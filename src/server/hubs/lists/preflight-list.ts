import {
  type ListId,
  type Preflight,
  preflight,
  skipReasons,
  type WorkspaceId,
} from '../../../contract/index.ts'
import { readDailyLimit } from '../../connectors/index.ts'
import type { Ctx, Db } from '../../platform/index.ts'
import { findTemplate } from '../match/find-template.ts'
import { countOptedOut, countProblems } from '../recipients/queries.ts'
import { countNewPeople } from './count-new-people.ts'
import { findObstacles } from './find-obstacles.ts'
import { forecastEnd } from './forecast.ts'
import { presentListLimit } from './forecast-list.ts'
import type { ListRow } from './list.ts'
import { getList } from './read-list.ts'

/** What a start would do: how many get the message, who does not and why, and when it would be over. */
export function preflightList(ctx: Ctx, workspaceId: WorkspaceId, listId: ListId): Promise<Preflight> {
  return ctx.db.inWorkspace(workspaceId, async (tx) => {
    const list = await getList(tx, workspaceId, listId)
    const counted = await preflightCounts(tx, workspaceId, list)
    const now = ctx.clock.now()
    const from = list.starts_at && list.starts_at > now ? list.starts_at : now
    const limit = await readDailyLimit(tx, workspaceId, list.number_id)
    const count = counted.will_send
    const newPeople = limit === null ? 0 : await countNewPeople(tx, { listId, waiting: count })
    const end = forecastEnd(list, { count, perSecond: list.pace_per_second, from, limit, newPeople })
    return preflight.parse({
      ...counted,
      cost: {},
      finishes_at: end?.toISOString() ?? null,
      daily_limit: presentListLimit(limit, newPeople),
      problems: await findObstacles(tx, workspaceId, { list, willSend: counted.will_send, now }),
    })
  })
}

export async function preflightCounts(
  db: Db,
  workspaceId: WorkspaceId,
  list: ListRow,
): Promise<Pick<Preflight, 'total' | 'will_send' | 'skipped'>> {
  const template = await findTemplate(db, workspaceId, list.template_id ?? list.hub_template_id)
  const problems = await countProblems(db, workspaceId, list.id)
  const optedOut = await countOptedOut(db, workspaceId, {
    listId: list.id,
    category: template?.category ?? '',
  })
  const skipped = preflight.shape.skipped.parse(
    Object.fromEntries(skipReasons.map((reason) => [reason, problems.get(reason) ?? 0])),
  )
  skipped.opted_out += optedOut
  const sum = Object.values(skipped).reduce((a, b) => a + b, 0)
  return { total: list.rows_read, will_send: Math.max(0, list.rows_read - sum), skipped }
}

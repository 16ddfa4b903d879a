import { sql } from 'kysely'
import type { NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { Restriction } from './restriction.ts'

/** For all connectors of the account: each brings numbers of its own. What was told before does not undo what is newer. */
export async function upsertRestriction(
  db: Db,
  workspaceId: WorkspaceId,
  { connectorId, kind, until, toldAt }: Restriction & { connectorId: string; toldAt: Date },
): Promise<void> {
  await sql`
    insert into account_restrictions as r (workspace_id, connector_id, kind, until, told_at)
    select c.workspace_id, c.id, ${kind}, ${until}, ${toldAt}
    from connectors heard
    join connectors c on c.workspace_id = heard.workspace_id and (c.id = heard.id or c.waba_id = heard.waba_id)
    where heard.workspace_id = ${workspaceId} and heard.id = ${connectorId}
    on conflict (workspace_id, connector_id, kind) do update
    set until = excluded.until, told_at = excluded.told_at where r.told_at <= excluded.told_at`.execute(db)
}

/** Of these messages of a number, those that may go now under the daily limit; the others are put off. */
export async function reserveDailyLimit(
  db: Db,
  numberId: string,
  messageIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select reserve_daily_limit(${numberId}, ${[...messageIds]}::text[]) as id`.execute(db)
  return rows.map(({ id }) => id)
}

export interface DailyLimitUse {
  number_id: string
  /** People of the last 24 hours, over all numbers of the portfolio; null where there is no limit to count for. */
  used: number | null
  total: number | null
  /** When the next place falls free, as long as all are taken. */
  frees_at: Date | null
}

/** Those who count: written to within 24 hours, and not given back because the message did not go. */
const isCounted = sql`
  r.reserved_at > now() - interval '24 hours'
  and not exists (
    select from portfolio_releases f
    where f.workspace_id = r.workspace_id and f.portfolio = r.portfolio and f.message_id = r.message_id
      and r.prior_at is null)`

export async function selectDailyLimitUse(
  db: Db,
  workspaceId: WorkspaceId,
  numberIds: readonly string[],
): Promise<DailyLimitUse[]> {
  if (numberIds.length === 0) return []
  const { rows } = await sql<DailyLimitUse>`
    with owners as (
      select n.id as number_id, portfolio_of(n.workspace_id, n.id) as portfolio from numbers n
      where n.workspace_id = ${workspaceId} and n.id = any (${[...numberIds]}::text[])
    ),
    limits as (
      select portfolio, portfolio_limit(${workspaceId}, portfolio) as total from owners group by portfolio
    ),
    uses as (
      select l.portfolio, l.total, c.used, case when c.used >= l.total then c.oldest + interval '24 hours' end as frees_at
      from limits l
      cross join lateral (
        select count(*) as used, min(r.reserved_at) as oldest from portfolio_recipients r
        where r.workspace_id = ${workspaceId} and r.portfolio = l.portfolio and ${isCounted}
      ) as c
      where l.total is not null
    )
    select o.number_id, u.used, u.total, u.frees_at
    from owners o left join uses u on u.portfolio = o.portfolio`.execute(db)
  return rows
}

/** Places of a number's portfolio that fall free within 24 hours, summed up by the hour from now. */
export async function selectFreeingPlaces(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: string,
): Promise<{ until: Date; people: number }[]> {
  const { rows } = await sql<{ until: Date; people: number }>`
    with hours as (
      select ceil(extract(epoch from r.reserved_at + interval '24 hours' - now()) / 3600)::int as hour, count(*) as people
      from portfolio_recipients r
      where r.workspace_id = ${workspaceId} and r.portfolio = portfolio_of(${workspaceId}, ${numberId}) and ${isCounted}
      group by 1
    )
    select now() + hour * interval '1 hour' as until, people from hours order by hour`.execute(db)
  return rows
}

/** Connected numbers that draw on the same daily limit, without the number itself. */
export async function selectSharers(db: Db, workspaceId: WorkspaceId, numberId: string): Promise<NumberId[]> {
  const { rows } = await sql<{ id: NumberId }>`
    select n.id from numbers n
    where n.workspace_id = ${workspaceId} and n.id <> ${numberId} and n.connected
      and portfolio_of(n.workspace_id, n.id) = portfolio_of(${workspaceId}, ${numberId})
    order by n.id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Places taken as the sender counts them, which costs one row and not 100,000; a little high after a quiet day. */
export async function selectRoughRoom(
  db: Db,
  workspaceId: WorkspaceId,
  numberIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ number_id: string; room: number }>`
    select o.number_id, portfolio_limit(${workspaceId}, o.portfolio) - coalesce(u.used, 0) as room
    from unnest(${[...numberIds]}::text[]) as n(id)
    cross join lateral (select n.id as number_id, portfolio_of(${workspaceId}, n.id) as portfolio) as o
    left join portfolio_usage u on u.workspace_id = ${workspaceId} and u.portfolio = o.portfolio
    where portfolio_limit(${workspaceId}, o.portfolio) is not null`.execute(db)
  return new Map(rows.map(({ number_id, room }) => [number_id, room]))
}

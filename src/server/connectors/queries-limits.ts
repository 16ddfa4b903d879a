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
      select portfolio, portfolio_limit(portfolio) as total from owners group by portfolio
    ),
    uses as (
      select l.portfolio, l.total, c.used, case when c.used >= l.total then c.oldest + interval '24 hours' end as frees_at
      from limits l
      cross join lateral (
        select count(*) as used, min(reserved_at) as oldest from portfolio_places(l.portfolio)
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
      select ceil(extract(epoch from reserved_at + interval '24 hours' - now()) / 3600)::int as hour, count(*) as people
      from portfolio_places(portfolio_of(${workspaceId}, ${numberId}))
      group by 1
    )
    select now() + hour * interval '1 hour' as until, people from hours order by hour`.execute(db)
  return rows
}

/** Connected numbers that draw on the same daily limit, without the number itself; of other workspaces only how many. */
export async function selectSharers(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: string,
): Promise<{ ids: NumberId[]; elsewhere: number }> {
  const { rows } = await sql<{ id: NumberId; connected: boolean; in_all: number }>`
    select n.id, n.connected, portfolio_numbers(c.portfolio) as in_all from numbers n
    join connectors c on c.workspace_id = n.workspace_id and c.id = n.connector_id
    where n.workspace_id = ${workspaceId} and (n.connected or n.id = ${numberId})
      and c.portfolio = portfolio_of(${workspaceId}, ${numberId})
    order by n.id`.execute(db)
  const here = rows.filter(({ connected }) => connected).length
  return {
    ids: rows.map(({ id }) => id).filter((id) => id !== numberId),
    elsewhere: Math.max(0, (rows[0]?.in_all ?? 0) - here),
  }
}

/** Places taken as the sender counts them, which costs one row and not 100,000; a little high after a quiet day. */
export async function selectRoughRoom(
  db: Db,
  workspaceId: WorkspaceId,
  numberIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ number_id: string; room: number | null }>`
    select id as number_id, portfolio_room(portfolio_of(workspace_id, id)) as room from numbers
    where workspace_id = ${workspaceId} and id = any (${[...numberIds]}::text[])`.execute(db)
  return new Map(rows.flatMap(({ number_id, room }) => (room === null ? [] : [[number_id, room]])))
}

/** Portfolios with people of a day that is over: nobody sends there just now, or they would be gone. */
export async function selectStalePortfolios(db: Db): Promise<string[]> {
  const { rows } = await sql<{ portfolio: string }>`
    select portfolio from portfolio_usage u
    where exists (
      select from portfolio_recipients r
      where r.portfolio = u.portfolio and r.reserved_at <= now() - interval '24 hours')`.execute(db)
  return rows.map(({ portfolio }) => portfolio)
}

export async function settlePortfolio(db: Db, portfolio: string): Promise<void> {
  await sql`select settle_portfolio(${portfolio})`.execute(db)
}

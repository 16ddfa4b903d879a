import { sql } from 'kysely'
import type { WorkspaceId } from '../../contract/index.ts'
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
    totals as (
      select portfolio, portfolio_limit(${workspaceId}, portfolio) as total from owners group by portfolio
    )
    select o.number_id, t.total, case when t.total is not null then (
      select count(*) from portfolio_recipients r
      where r.workspace_id = ${workspaceId} and r.portfolio = o.portfolio
        and r.reserved_at > now() - interval '24 hours'
        and not exists (
          select from portfolio_releases f
          where f.workspace_id = r.workspace_id and f.portfolio = r.portfolio and f.message_id = r.message_id
            and r.prior_at is null)) end as used
    from owners o join totals t on t.portfolio = o.portfolio`.execute(db)
  return rows
}

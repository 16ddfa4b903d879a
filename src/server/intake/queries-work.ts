import { sql } from 'kysely'
import type { InboundLogId, WorkspaceId } from '../../contract/index.ts'
import { type Db, type Lane, leaseOf } from '../platform/index.ts'
import type { ClaimedLog, LogResult } from './inbound-log.ts'

export const claimBytesMax = 16 * 1024 * 1024

/** Partitions with something due. Sixteen look-ups in the index of what is due, however long the log is. */
export async function selectDuePartitions(db: Db, partitionCount: number): Promise<string[]> {
  const { rows } = await sql<{ partition: number }>`
    select p as partition from generate_series(0, ${partitionCount}::int - 1) p
    where exists (
      select from inbound_logs
      where partition = p and verdict in ('received', 'failed') and next_at <= now())`.execute(db)
  return rows.map(({ partition }) => String(partition))
}

/**
 * The next webhooks of a partition, noted as claimed in the same statement. Never by "ids after the last one": ids
 * commit out of order. A webhook that a worker died with comes alone, so that its neighbours don't share its fate.
 */
export async function claimDue(db: Db, lane: Lane, { sizeMax }: { sizeMax: number }): Promise<ClaimedLog[]> {
  const { rows } = await sql<ClaimedLog>`
    with lease as materialized (${leaseOf(lane)}),
    due as (
      select id, body_bytes, crashes from inbound_logs
      where partition = ${Number(lane.key)} and verdict in ('received', 'failed') and next_at <= now()
        and exists (select from lease)
      order by id
      limit ${sizeMax}
    ),
    measured as (
      select id, row_number() over (order by id) as n, sum(body_bytes) over (order by id) as bytes,
        bool_or(crashes > 0) over (order by id) as has_suspect
      from due
    ),
    picked as materialized (
      select id from measured where n = 1 or (bytes <= ${claimBytesMax} and not has_suspect)
    ),
    claim as (
      insert into intake_claims (partition, owner, ids)
      select ${Number(lane.key)}, ${lane.owner}, array_agg(id) from picked having count(*) > 0
      on conflict (partition) do update set owner = excluded.owner, ids = excluded.ids, claimed_at = now()
    )
    select l.id, l.workspace_id, l.connector_id, l.source, l.received_at, l.processed_at, l.body, l.attempts, l.facts,
      l.parked_at is not null as was_parked
    from picked join inbound_logs l using (id)
    order by l.id`.execute(db)
  return rows
}

/** Writes what became of a batch and gives the claim back, unless the partition is another process' by now. */
export async function recordResults(db: Db, lane: Lane, results: readonly LogResult[]): Promise<void> {
  await sql`
    with done as (
      update inbound_logs l
      set verdict = r.verdict, error = r.error, attempts = r.attempts, facts = r.facts, terms = r.terms,
        next_at = now() + make_interval(secs => r.retry_after_ms / 1000.0), processed_at = now(), crashes = 0,
        parked_at = case r.verdict when 'parked' then coalesce(l.parked_at, now()) when 'failed' then l.parked_at end,
        workspace_id = coalesce(l.workspace_id, r.workspace_id),
        connector_id = coalesce(l.connector_id, r.connector_id)
      from jsonb_to_recordset(${JSON.stringify(results)}::jsonb) as r(
        id text, workspace_id text, connector_id text, verdict text, error text, attempts int, retry_after_ms int, facts jsonb, terms text[])
      where l.id = r.id
    )
    update intake_claims set ids = '{}' where partition = ${Number(lane.key)} and owner = ${lane.owner}`.execute(
    db,
  )
}

export interface Survivor {
  id: InboundLogId
  workspace_id: WorkspaceId | null
  verdict: 'received' | 'failed' | 'parked'
}

/** With so many deaths a webhook is set aside. Whoever is killed from outside dies too, so it is tried again, less and less often. */
const deathsParked = 2
const deathsMax = 5

/**
 * What the owner before had in its hands when it died. Two deaths with the same webhook park it, or it would take one
 * process after the other down for ever. A claim of a process that still holds lanes means a lost lane, not a death.
 */
export async function takeOverClaim(db: Db, lane: Lane): Promise<Survivor[]> {
  const { rows } = await sql<Survivor>`
    with claim as (
      update intake_claims c set ids = '{}', owner = ${lane.owner}
      from (select partition, owner, ids from intake_claims where partition = ${Number(lane.key)} for update) before
      where c.partition = before.partition and before.owner <> ${lane.owner} and before.ids <> '{}'
      returning before.owner, before.ids
    )
    update inbound_logs l
    set crashes = l.crashes + 1,
      verdict = case when l.crashes + 1 >= ${deathsParked} then 'parked' else l.verdict end,
      error = case when l.crashes + 1 >= ${deathsParked}
        then format('Set aside: the process that worked on it ended %s times.', l.crashes + 1) else l.error end,
      parked_at = case when l.crashes + 1 >= ${deathsParked} then coalesce(l.parked_at, now()) else l.parked_at end,
      processed_at = case when l.crashes + 1 >= ${deathsParked} then now() else l.processed_at end,
      next_at = case when l.crashes + 1 >= ${deathsParked}
        then now() + interval '1 minute' * power(4, l.crashes + 1 - ${deathsParked}) else l.next_at end
    from claim
    where l.id = any (claim.ids) and l.verdict in ('received', 'failed')
      and not exists (
        select from leases
        where kind = ${lane.kind} and leases.owner = claim.owner and lease_until > clock_timestamp())
    returning l.id, l.workspace_id, l.verdict`.execute(db)
  return rows
}

/** Takes up again, alone, what processes died with; what four tries more did not survive waits for somebody. Returns partitions. */
export async function resetSurvivors(db: Db, limit: number): Promise<number[]> {
  const { rows } = await sql<{ partition: number }>`
    update inbound_logs set verdict = 'received', next_at = now()
    where id in (
      select id from inbound_logs
      where verdict = 'parked' and crashes >= ${deathsParked} and crashes < ${deathsMax} and next_at <= now()
        and body is not null
      order by id limit ${limit})
    returning partition`.execute(db)
  return rows.map(({ partition }) => partition)
}

/**
 * What is set aside, and whether some of it for the first time in this very transaction. Whoever counts at the same time
 * waits, so that the last of them has the whole number.
 */
export async function countParked(
  db: Db,
  workspaceId: WorkspaceId,
): Promise<{ count: number; has_new: boolean }> {
  await sql`select pg_advisory_xact_lock(hashtextextended('parked ' || ${workspaceId}::text, 0))`.execute(db)
  const { rows } = await sql<{ count: number; has_new: boolean }>`
    select count(*)::int as count, coalesce(bool_or(parked_at = now()), false) as has_new from inbound_logs
    where workspace_id = ${workspaceId} and parked_at is not null`.execute(db)
  return rows[0] ?? { count: 0, has_new: false }
}

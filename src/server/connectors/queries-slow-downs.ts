import { sql } from 'kysely'
import type { ContactId, NumberId, StopReason, WorkspaceId } from '../../contract/index.ts'
import { type Db, type Lane, leaseOf } from '../platform/index.ts'
import { pairLimits } from '../providers/index.ts'

/** What lanes leave to each other, and what statuses tell them. Times are told as spans: each process has a clock of its own. */
export interface KnownLimits {
  /** `left_ms` is below 0 while the provider is being asked whether it is over. */
  stop: { reason: StopReason; lasts_ms: number; left_ms: number } | null
  /** So many messages of the number were too fast, by what statuses told; it only grows. */
  too_fast_told: number
  crowded: { contact_id: ContactId; free_in_ms: number }[]
}

export async function selectKnownLimits(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: NumberId,
): Promise<KnownLimits> {
  const { rows } = await sql<KnownLimits>`
    select
      (select jsonb_build_object('reason', s.reason, 'lasts_ms', extract(epoch from s.until - s.since) * 1000,
          'left_ms', extract(epoch from s.until - now()) * 1000)
        from slow_downs s
        where s.workspace_id = ${workspaceId} and s.number_id = ${numberId} and stop_stands(s)) as stop,
      coalesce((select s.too_fast_told from slow_downs s
        where s.workspace_id = ${workspaceId} and s.number_id = ${numberId}), 0) as too_fast_told,
      coalesce((
        select jsonb_agg(jsonb_build_object('contact_id', p.contact_id,
          'free_in_ms', extract(epoch from p.free_at - now()) * 1000))
        from crowded_pairs p
        where p.workspace_id = ${workspaceId} and p.number_id = ${numberId} and p.free_at > now()), '[]') as crowded`.execute(
    db,
  )
  return rows[0] ?? { stop: null, too_fast_told: 0, crowded: [] }
}

/** By the lane's holder only; null: it is over. */
export async function keepStop(
  db: Db,
  workspaceId: WorkspaceId,
  lane: Lane,
  stop: { reason: StopReason; since_ms: number; left_ms: number } | null,
): Promise<void> {
  const from = (ms: number | undefined) =>
    ms === undefined ? sql`null` : sql`clock_timestamp() + ${ms}::float8 * interval '1 millisecond'`
  await sql`
    with lease as (${leaseOf(lane)})
    insert into slow_downs as s (workspace_id, number_id, reason, since, until)
    select ${workspaceId}, ${lane.key}, ${stop?.reason ?? null}, ${from(stop?.since_ms)}, ${from(stop?.left_ms)}
    where exists (select from lease)
    on conflict (workspace_id, number_id) do update
    set reason = excluded.reason, since = excluded.since, until = excluded.until`.execute(db)
}

/** By the lane's holder only. Pairs that are free again are forgotten. */
export async function keepCrowdedPairs(
  db: Db,
  workspaceId: WorkspaceId,
  lane: Lane,
  pairs: KnownLimits['crowded'],
): Promise<void> {
  await sql`
    with lease as (${leaseOf(lane)}),
    over as (
      delete from crowded_pairs
      where workspace_id = ${workspaceId} and number_id = ${lane.key} and free_at < now()
        and not contact_id = any (${pairs.map((pair) => pair.contact_id)}) and exists (select from lease)
    )
    insert into crowded_pairs as p (workspace_id, number_id, contact_id, free_at)
    select c.workspace_id, ${lane.key}, c.id, clock_timestamp() + told.free_in_ms * interval '1 millisecond'
    from unnest(${pairs.map((pair) => pair.contact_id)}::text[], ${pairs.map((pair) => pair.free_in_ms)}::float8[])
      as told(contact_id, free_in_ms)
    join contacts c on c.workspace_id = ${workspaceId} and c.id = told.contact_id
    where exists (select from lease)
    order by c.id
    on conflict (workspace_id, number_id, contact_id) do update
    set free_at = greatest(p.free_at, excluded.free_at)`.execute(db)
}

/** What webhooks told: when the number had been too fast, and whom it wrote to too often. What is long ago says nothing. */
export async function noteToldLimits(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  { tooFast, crowded }: { tooFast: readonly Date[]; crowded: readonly { contact_id: ContactId; at: Date }[] },
): Promise<void> {
  if (tooFast.length > 0) {
    await sql`
      insert into slow_downs as s (workspace_id, number_id, too_fast_told)
      select ${workspaceId}, ${numberId}, count(*) from unnest(${[...tooFast]}::timestamptz[]) as told(at)
      where told.at > now() - interval '1 minute'
      having count(*) > 0
      on conflict (workspace_id, number_id) do update
      set too_fast_told = s.too_fast_told + excluded.too_fast_told`.execute(db)
  }
  if (crowded.length === 0) return
  const restMs = pairLimits.refillMs * pairLimits.burst
  await sql`
    insert into crowded_pairs as p (workspace_id, number_id, contact_id, free_at)
    select c.workspace_id, ${numberId}, c.id, least(max(told.at), now()) + ${restMs} * interval '1 millisecond'
    from unnest(${crowded.map((pair) => pair.contact_id)}::text[], ${crowded.map((pair) => pair.at)}::timestamptz[])
      as told(contact_id, at)
    join contacts c on c.workspace_id = ${workspaceId} and c.id = told.contact_id
    where told.at > now() - ${restMs} * interval '1 millisecond'
    group by c.workspace_id, c.id
    order by c.id
    on conflict (workspace_id, number_id, contact_id) do update
    set free_at = greatest(p.free_at, excluded.free_at)`.execute(db)
}

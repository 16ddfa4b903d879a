import { sql } from 'kysely'
import type { NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { asReceived } from './queries-replays.ts'

export async function insertWaiting(
  db: Db,
  workspaceId: WorkspaceId,
  news: { number_id: NumberId; external_id: string; inbound_log_id: string },
): Promise<void> {
  await sql`
    insert into waiting_news (workspace_id, number_id, external_id, inbound_log_id)
    values (${workspaceId}, ${news.number_id}, ${news.external_id}, ${news.inbound_log_id})
    on conflict do nothing`.execute(db)
}

/**
 * Takes up the webhooks of those whose message is here by now, and looks for the others again after as long as they have
 * waited already. A webhook that is being worked on is left to its worker, who would write over it.
 */
export async function resetArrived(db: Db, limit: number): Promise<{ looked: number; partitions: number[] }> {
  const { rows } = await sql<{ looked: number; partitions: number[] | null }>`
    with due as materialized (
      select workspace_id, number_id, external_id, inbound_log_id, since from waiting_news
      where look_at <= now() order by look_at limit ${limit}
      for update skip locked
    ), arrived as materialized (
      select d.* from due d
      where (exists (select from outbound_external_ids o
                     where o.workspace_id = d.workspace_id and o.number_id = d.number_id and o.external_id = d.external_id)
          or exists (select from messages m
                     where m.workspace_id = d.workspace_id and m.number_id = d.number_id
                       and m.inbound_external_id = d.external_id))
        and exists (select from inbound_logs l
                    where l.id = d.inbound_log_id and l.verdict not in ('received', 'failed'))
    ), gone as (
      delete from waiting_news w using due d
      where (w.number_id, w.external_id, w.inbound_log_id) = (d.number_id, d.external_id, d.inbound_log_id)
        and (d.since < now() - interval '30 days' or exists (
          select from arrived a
          where (a.number_id, a.external_id, a.inbound_log_id) = (d.number_id, d.external_id, d.inbound_log_id)))
      returning 1
    ), later as (
      update waiting_news w
      set look_at = now() + greatest(interval '10 seconds', least(interval '1 hour', now() - d.since))
      from due d
      where (w.number_id, w.external_id, w.inbound_log_id) = (d.number_id, d.external_id, d.inbound_log_id)
        and d.since >= now() - interval '30 days' and not exists (
          select from arrived a
          where (a.number_id, a.external_id, a.inbound_log_id) = (d.number_id, d.external_id, d.inbound_log_id))
      returning 1
    ), reset as (
      update inbound_logs l set ${asReceived}
      from (select distinct inbound_log_id from arrived) a
      where l.id = a.inbound_log_id and l.body is not null
      returning l.partition
    )
    select (select count(*) from due) as looked, (select array_agg(distinct partition) from reset) as partitions`.execute(
    db,
  )
  const [row] = rows
  return { looked: row?.looked ?? 0, partitions: row?.partitions ?? [] }
}

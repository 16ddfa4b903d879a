import { sql } from 'kysely'
import type { NumberId, StopReason, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

export interface LaneRow {
  number_id: NumberId
  display_phone_number: string
  verified_name: string
  owner: string | null
  epoch: number
  held_since: Date | null
  lease_until: Date | null
  sent_lately: number
  inbound_lately: number
  pace_per_second: number
  stop_reason: StopReason | null
  stop_since: Date | null
  stop_until: Date | null
  replies: number
  api: number
  lists: number
}

/**
 * Every connected number of a workspace, its lane and what waits for it. As the worker: leases belong to no workspace.
 * What waits in lists comes from their counts, so that a million rows are not counted for a page.
 */
export async function selectLanes(
  db: Db,
  workspaceId: WorkspaceId,
  { kind, overSeconds }: { kind: string; overSeconds: number },
): Promise<LaneRow[]> {
  const { rows } = await sql<LaneRow>`
    with lately as (
      select m.number_id, count(*) as n
      from message_attempts a
      join messages m on m.workspace_id = a.workspace_id and m.id = a.message_id
      where a.workspace_id = ${workspaceId} and a.intent_at > now() - ${overSeconds} * interval '1 second'
        and a.outcome is distinct from 'unsent'
      group by 1
    ),
    in_lists as (
      select l.number_id, sum(c.n) as n
      from lists l
      join (
        select list_id, n from list_counts where workspace_id = ${workspaceId} and bucket = 'waiting'
        union all
        select list_id, n from list_count_deltas where workspace_id = ${workspaceId} and bucket = 'waiting'
      ) as c on c.list_id = l.id
      where l.workspace_id = ${workspaceId} and l.state in ('running', 'paused')
      group by 1
    )
    select n.id as number_id, n.display_phone_number, n.verified_name,
      case when s.lease_until > now() then s.owner end as owner, coalesce(s.epoch, 0) as epoch,
      case when s.lease_until > now() then s.held_since end as held_since,
      case when s.lease_until > now() then s.lease_until end as lease_until,
      coalesce(y.n, 0) as sent_lately,
      (select count(*) from messages i
        where i.number_id = n.id and i.direction = 'in' and i.at > now() - interval '1 minute'
          and i.created_at > now() - ${overSeconds} * interval '1 second') as inbound_lately,
      least(n.pace_limit_per_second, n.pace_override_per_second) as pace_per_second,
      d.reason as stop_reason, d.since as stop_since, d.until as stop_until,
      (select count(*) from send_queue q where q.number_id = n.id and q.list_id is null and q.priority = 0) as replies,
      (select count(*) from send_queue q where q.number_id = n.id and q.list_id is null and q.priority = 1) as api,
      greatest(coalesce(w.n, 0), 0)::bigint as lists
    from numbers n
    left join leases s on s.kind = ${kind} and s.key = n.id
    left join slow_downs d on d.workspace_id = n.workspace_id and d.number_id = n.id and stop_stands(d)
    left join lately y on y.number_id = n.id
    left join in_lists w on w.number_id = n.id
    where n.workspace_id = ${workspaceId} and n.connected
    order by n.id`.execute(db)
  return rows
}

import { type RawBuilder, sql } from 'kysely'
import { type Db, type Lane, leaseOf } from '../platform/index.ts'
import type { ClaimedMessage } from './message.ts'
import { priorities } from './message.ts'

export async function claimDirect(db: Db, lane: Lane, limit: number): Promise<ClaimedMessage[]> {
  // One range scan for each priority: sorting all that is due would read a whole backlog for each claim.
  const ofPriority = (priority: number) => sql`
    (select * from due_directly(${lane.key}, ${priority}, ${limit}) where exists (select from lease))`
  const due = sql`
    replies as ${ofPriority(priorities.reply)},
    programs as ${ofPriority(priorities.api)},
    due as (select * from (select * from replies union all select * from programs) as direct limit ${limit})`
  return claim(db, lane, due)
}

export async function claimOfList(
  db: Db,
  lane: Lane,
  from: { list_id: string; after: string },
  limit: number,
): Promise<ClaimedMessage[]> {
  // Without the low-water id the scan would pass all entries claimed before, dead until the next vacuum.
  // A template may come back as long as it is not deleted: its list waits at the gate instead of losing its rows.
  const due = sql`
    gate as (
      select g.list_id from list_gates g
      join lists l on l.workspace_id = g.workspace_id and l.id = g.list_id
      join hubs h on h.workspace_id = l.workspace_id and h.id = l.hub_id
      left join templates t on t.workspace_id = l.workspace_id and t.id = coalesce(l.template_id, h.template_id)
      where g.list_id = ${from.list_id} and g.number_id = ${lane.key} and g.sends_until > clock_timestamp()
        and (t.status is null or t.status in ('APPROVED', 'DELETED'))
    ),
    due as (
      select * from due_of_list(${from.list_id}, ${from.after}, ${limit})
      where exists (select from lease) and exists (select from gate)
    )`
  return claim(db, lane, due)
}

/** Why the message `m` must not go, as things stand now; null when it may. Its template is `t`, its contact `p`. */
const skipReason = sql`
  case
    when m.type <> 'template' then (
      select case when not exists (
        select from conversations c
        where c.workspace_id = m.workspace_id and c.number_id = m.number_id and c.contact_id = m.contact_id
          and c.window_expires_at > now()) then 'window_closed' end)
    when t.status is distinct from 'APPROVED' then 'template_not_approved'
    -- Somebody who waited so long for a code has asked for another.
    when m.send_by < now() then 'too_late'
    when t.category = 'AUTHENTICATION' then null
    when p.opted_out_all_at is not null then 'opted_out'
    when t.category = 'MARKETING' and p.opted_out_marketing_at is not null then 'opted_out'
  end`

/**
 * The only way from `queued` to `intent`. The lease row is read FOR SHARE: a takeover waits for this statement or
 * this statement sees the takeover. Consent, window, template and daily limit are those of this moment, not of the
 * queueing.
 */
async function claim(db: Db, lane: Lane, due: RawBuilder<unknown>): Promise<ClaimedMessage[]> {
  const { rows } = await sql<ClaimedMessage>`
    with lease as (${leaseOf(lane)}),
    ${due},
    waiting as materialized (
      select m.workspace_id, m.id, m.type, m.number_id, m.contact_id, m.template_id, m.send_by
      from due d join messages m on m.workspace_id = d.workspace_id and m.id = d.message_id
      where m.state = 'queued'
    ),
    -- A claim has one template or a few: looked up once, not for each message.
    texts as materialized (
      select t.workspace_id, t.id, t.external_id, t.status, t.category
      from (select distinct workspace_id, template_id from waiting where template_id is not null) as used
      join templates t on t.workspace_id = used.workspace_id and t.id = used.template_id
    ),
    judged as materialized (
      select m.workspace_id, m.id, t.external_id as template_external_id, ${skipReason} as skip_reason
      from waiting m
      join contacts p on p.workspace_id = m.workspace_id and p.id = m.contact_id
      left join texts t on t.workspace_id = m.workspace_id and t.id = m.template_id
    ),
    -- People outside their window take a place of the portfolio's day with the intent; who gets none stays in the queue,
    -- put off by the function until the next place falls free.
    granted as materialized (
      select reserve_daily_limit(${lane.key}, array(select id from judged where skip_reason is null order by id)) as id
    ),
    decided as materialized (
      select j.* from judged j
      where j.skip_reason is not null or j.id in (select id from granted)
    ),
    taken as (
      delete from send_queue where ctid = any (array(
        select d.place from due d
        where d.message_id in (select id from decided) or d.message_id not in (select id from judged)))
    ),
    claimed as (
      update messages m
      set epoch = ${lane.epoch},
          error = null,
          error_code = j.skip_reason,
          state = case when j.skip_reason is null then 'intent' else 'skipped' end,
          attempt = m.attempt + case when j.skip_reason is null then 1 else 0 end,
          intent_at = case when j.skip_reason is null then clock_timestamp() end
      from decided j
      where m.workspace_id = j.workspace_id and m.id = j.id and m.state = 'queued'
      returning m.workspace_id, m.id, m.attempt, m.epoch, m.priority, m.type, m.content -> m.type as body,
        m.to_phone, m.to_user_id, m.context_external_id, m.contact_id, m.list_id, j.skip_reason,
        j.template_external_id,
        case when m.attempt < 2 then 0 else (
          select count(*) from message_attempts a
          where a.workspace_id = m.workspace_id and a.message_id = m.id and a.outcome = 'later') end as deferrals
    ),
    attempted as (
      insert into message_attempts (workspace_id, message_id, n, epoch, owner)
      select workspace_id, id, attempt, epoch, ${lane.owner} from claimed where skip_reason is null
    )
    select * from claimed order by priority, id`.execute(db)
  return rows
}

export async function requeueUnwritten(db: Db, intents: readonly ClaimedMessage[]): Promise<void> {
  await sql`
    with unwritten as (
      select * from unnest(${intents.map((m) => m.workspace_id)}::text[], ${intents.map((m) => m.id)}::text[],
        ${intents.map((m) => m.attempt)}::int[], ${intents.map((m) => m.epoch)}::bigint[])
        as u(workspace_id, id, attempt, epoch)
    ),
    requeued as (
      update messages m
      set state = 'queued'
      from unwritten u
      where m.workspace_id = u.workspace_id and m.id = u.id and m.attempt = u.attempt and m.epoch = u.epoch
        and m.state in ('intent', 'unknown')
      returning m.workspace_id, m.id, m.attempt
    )
    update message_attempts a set outcome = 'unsent', ended_at = clock_timestamp()
    from requeued r
    where a.workspace_id = r.workspace_id and a.message_id = r.id and a.n = r.attempt`.execute(db)
}

/** Whoever owned them: the lane that knew their outcome is gone, or has not managed to say it in time. */
export async function markStaleIntents(db: Db, staleAfterMs: number, limit: number): Promise<number> {
  const { rows } = await sql`
    with stale as (
      select m.workspace_id, m.id, m.attempt from message_attempts a
      join messages m on m.workspace_id = a.workspace_id and m.id = a.message_id and m.attempt = a.n
      where a.ended_at is null and a.outcome is null
        and a.intent_at < now() - ${staleAfterMs} * interval '1 millisecond' and m.state = 'intent'
      limit ${limit}
      for update of m skip locked
    ),
    marked as (
      update messages m set state = 'unknown', unknown_since = now()
      from stale s where m.workspace_id = s.workspace_id and m.id = s.id
      returning m.workspace_id, m.id, m.attempt
    )
    update message_attempts a set outcome = 'unknown'
    from marked r
    where a.workspace_id = r.workspace_id and a.message_id = r.id and a.n = r.attempt and a.outcome is null
    returning 1`.execute(db)
  return rows.length
}

/** Whether what providers told us is read up to the last seconds: the evidence looked for may still lie among the rest. */
export const isBacklogShort = sql<{ is_short: boolean }>`
  select not exists (
    select from inbound_logs
    where verdict in ('received', 'failed') and received_at < now() - interval '5 seconds') as is_short`

/**
 * Ends the wait for evidence, by policy and never by sending again. Only where a webhook of the same account came
 * after the wait had passed, and all before it are read: until then silence proves nothing.
 */
export async function endUnknowns(db: Db, waitMs: number, limit: number): Promise<number> {
  const { rows } = await sql`
    with backlog as materialized (${isBacklogShort}),
    waited as (
      select m.workspace_id, m.id, m.attempt from messages m
      join numbers n on n.workspace_id = m.workspace_id and n.id = m.number_id
      join connectors c on c.workspace_id = n.workspace_id and c.id = n.connector_id
      where m.exception = 'unknown' and m.state = 'unknown' and (select is_short from backlog)
        and m.unknown_since < now() - ${waitMs} * interval '1 millisecond'
        and c.last_webhook_at > m.unknown_since + ${waitMs} * interval '1 millisecond'
      limit ${limit}
      for update of m skip locked
    ),
    -- Nobody reports on these any more: they are open no longer.
    ended as (
      update message_attempts a set ended_at = clock_timestamp()
      from waited w
      where a.workspace_id = w.workspace_id and a.message_id = w.id and a.n = w.attempt and a.ended_at is null
    )
    update messages m
    -- A one-time code that arrives late is worse than none.
    set state = case when m.category = 'AUTHENTICATION' then 'expired' else 'held' end, resolution = 'policy'
    from waited w where m.workspace_id = w.workspace_id and m.id = w.id
    returning 1`.execute(db)
  return rows.length
}

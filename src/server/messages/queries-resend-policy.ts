import { sql } from 'kysely'
import type { WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { isBacklogShort } from './queries-intents.ts'

export type UtilityPolicy = 'hold' | 'resend'

export async function selectPolicy(db: Db, workspaceId: WorkspaceId): Promise<UtilityPolicy> {
  const { rows } = await sql<{ utility_unknown: UtilityPolicy }>`
    select utility_unknown from sending_policies where workspace_id = ${workspaceId}`.execute(db)
  return rows[0]?.utility_unknown ?? 'hold'
}

export async function upsertPolicy(db: Db, workspaceId: WorkspaceId, policy: UtilityPolicy): Promise<void> {
  await sql`
    insert into sending_policies as s (workspace_id, utility_unknown) values (${workspaceId}, ${policy})
    on conflict (workspace_id) do update set utility_unknown = excluded.utility_unknown, changed_at = now()
      where s.utility_unknown <> excluded.utility_unknown`.execute(db)
}

export interface ResendRules {
  /** How long a status may take before its absence means anything. */
  waitMs: number
  /** After this long nobody expects the message any more: it stays with a person. */
  giveUpMs: number
  /** Sends this long before and after the one in question are its witnesses. */
  aroundMs: number
  witnessesMin: number
  toldShareMin: number
}

export interface ResentRow {
  workspace_id: WorkspaceId
  id: string
  number_id: string
  list_id: string | null
}

/**
 * Puts UTILITY messages of unknown outcome back into the queue, once each, where the workspace wants it and silence
 * means something: nearly all sends of the number around that time have a status, and no webhook waits to be read.
 * The wish must be older than the doubt: what was held before it stays held.
 */
export async function requeueByPolicy(db: Db, rules: ResendRules, limit: number): Promise<ResentRow[]> {
  const ms = (value: number) => sql`${value}::float8 * interval '1 millisecond'`
  const { rows } = await sql<ResentRow>`
    with backlog as materialized (${isBacklogShort}),
    wanted as materialized (
      select m.workspace_id, m.id, m.number_id, m.attempt, m.intent_at
      from sending_policies s
      join messages m on m.workspace_id = s.workspace_id and m.exception in ('unknown', 'held')
      join numbers n on n.workspace_id = m.workspace_id and n.id = m.number_id
      join connectors c on c.workspace_id = n.workspace_id and c.id = n.connector_id
      left join lists l on l.workspace_id = m.workspace_id and l.id = m.list_id
      where s.utility_unknown = 'resend' and m.category = 'UTILITY' and (select is_short from backlog)
        and m.unknown_since between now() - ${ms(rules.giveUpMs)} and now() - ${ms(rules.waitMs)}
        and s.changed_at < m.unknown_since
        and c.last_webhook_at > m.unknown_since + ${ms(rules.waitMs)}
        and l.state is distinct from 'cancelled'
        and not exists (
          select from message_resends r where r.workspace_id = m.workspace_id and r.message_id = m.id)
      limit ${limit}
      for update of m skip locked
    ),
    -- One look for each number and minute, however many messages were lost in it.
    moments as materialized (
      select number_id, date_trunc('minute', intent_at) as minute, min(intent_at) as first, max(intent_at) as last
      from wanted group by 1, 2
    ),
    proven as materialized (
      select o.number_id, o.minute
      from moments o
      cross join lateral (
        select count(*) as sent,
          count(*) filter (where coalesce(w.sent_at, w.delivered_at, w.read_at, w.failed_at) is not null) as told
        from message_attempts a
        join messages w on w.workspace_id = a.workspace_id and w.id = a.message_id and w.number_id = o.number_id
        where a.intent_at between o.first - ${ms(rules.aroundMs)} and o.last + ${ms(rules.aroundMs)}
          and a.outcome = 'accepted'
      ) as witnesses
      where witnesses.sent >= ${rules.witnessesMin}
        and witnesses.told >= ${rules.toldShareMin}::float8 * witnesses.sent
    ),
    permitted as (
      insert into message_resends (workspace_id, id, message_id, attempt, decided_by)
      select w.workspace_id, parley_id('rsd'), w.id, w.attempt, 'policy'
      from wanted w
      join proven p on p.number_id = w.number_id and p.minute = date_trunc('minute', w.intent_at)
      on conflict do nothing
      returning workspace_id, message_id
    )
    update messages m
    set state = 'queued', next_at = now(), resolution = 'policy', error_code = null, error = null, unknown_since = null
    from permitted p
    where m.workspace_id = p.workspace_id and m.id = p.message_id
    returning m.workspace_id, m.id, m.number_id, m.list_id`.execute(db)
  return rows
}

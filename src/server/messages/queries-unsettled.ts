import { sql } from 'kysely'
import type { HubId, ListId, MessageContent, MessageId, NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

/** Whom a message goes to, as pages show it. */
export interface PersonColumns {
  contact_id: string
  contact_phone: string | null
  contact_user_id: string | null
  contact_username: string | null
  contact_name: string
}

const person = sql`
  p.id as contact_id, p.phone as contact_phone, p.user_id as contact_user_id, p.username as contact_username,
  coalesce(p.name, p.profile_name, p.phone, p.username, '') as contact_name`

/** The list of a message, if it has one. */
export interface ListColumns {
  list_id: ListId | null
  list_name: string | null
  list_hub_id: HubId | null
}

const ofList = sql`m.list_id, l.name as list_name, l.hub_id as list_hub_id`

export interface UnsettledRow extends PersonColumns, ListColumns {
  id: MessageId
  state: 'unknown' | 'held'
  number_id: NumberId
  category: string | null
  type: string
  content: MessageContent
  since: Date
  attempt: number
  was_resent: boolean
}

export interface UnsettledFilter {
  state?: 'unknown' | 'held' | undefined
  number_id?: NumberId | undefined
  list_id?: ListId | undefined
}

function matches({ state, number_id, list_id }: UnsettledFilter) {
  return sql.join(
    [
      // The words of the index, whatever else is asked for.
      sql`m.exception in ('unknown', 'held')`,
      ...(state ? [sql`m.exception = ${state}`] : []),
      ...(number_id ? [sql`m.number_id = ${number_id}`] : []),
      ...(list_id ? [sql`m.list_id = ${list_id}`] : []),
    ],
    sql` and `,
  )
}

/** Newest first, one more than `limit`. */
export async function selectUnsettled(
  db: Db,
  workspaceId: WorkspaceId,
  { before, limit, ...filter }: { before: string | null; limit: number } & UnsettledFilter,
): Promise<UnsettledRow[]> {
  const { rows } = await sql<UnsettledRow>`
    select m.id, m.state, m.number_id, ${ofList}, m.category, m.type, m.content,
      coalesce(m.unknown_since, m.intent_at, m.at) as since, m.attempt, ${person},
      exists (
        select from message_resends r where r.workspace_id = m.workspace_id and r.message_id = m.id) as was_resent
    from messages m
    join contacts p on p.workspace_id = m.workspace_id and p.id = m.contact_id
    left join lists l on l.workspace_id = m.workspace_id and l.id = m.list_id
    where m.workspace_id = ${workspaceId} and ${matches(filter)}
      ${before === null ? sql`` : sql`and m.id < ${before}`}
    order by m.id desc
    limit ${limit + 1}`.execute(db)
  return rows
}

export async function countUnsettled(
  db: Db,
  workspaceId: WorkspaceId,
  filter: UnsettledFilter,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from messages m where m.workspace_id = ${workspaceId} and ${matches(filter)}`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}

export type UnsettledSelection =
  | { message_ids: readonly MessageId[] }
  | { all: UnsettledFilter & { until: Date } }

function isSelected(selection: UnsettledSelection) {
  if ('message_ids' in selection)
    return sql`${matches({})} and m.id = any (${[...selection.message_ids]}::text[])`
  const { until, ...filter } = selection.all
  return sql`${matches(filter)} and coalesce(m.unknown_since, m.intent_at, m.at) <= ${until}`
}

const inCancelledList = sql`exists (
  select from lists l
  where l.workspace_id = m.workspace_id and l.id = m.list_id and l.state = 'cancelled')`

interface Selected {
  selection: UnsettledSelection
  isResend: boolean
}

/** What stands in a cancelled list is never sent again, so a resend does not find it. */
function canBeSettled({ selection, isResend }: Selected) {
  return isResend ? sql`${isSelected(selection)} and not ${inCancelledList}` : isSelected(selection)
}

/** Oldest first. */
export async function lockSelected(
  db: Db,
  workspaceId: WorkspaceId,
  { limit, ...selected }: Selected & { limit: number },
): Promise<LockedMessage[]> {
  const { rows } = await sql<LockedMessage>`
    select m.id, m.state, m.error_code, m.number_id, m.list_id, m.attempt, ${inCancelledList} as list_is_cancelled
    from messages m
    where m.workspace_id = ${workspaceId} and ${canBeSettled(selected)}
    order by m.id
    limit ${limit}
    for no key update of m`.execute(db)
  return rows
}

export async function countSelected(db: Db, workspaceId: WorkspaceId, selected: Selected): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from messages m
    where m.workspace_id = ${workspaceId} and ${canBeSettled(selected)}`.execute(db)
  return rows[0]?.n ?? 0
}

/** Whoever decides holds the row: a status that comes at the same moment is seen before or beats the decision after. */
export async function lockUnsettled(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<LockedMessage | null> {
  const { rows } = await sql<LockedMessage>`
    select m.id, m.state, m.error_code, m.number_id, m.list_id, m.attempt, ${inCancelledList} as list_is_cancelled
    from messages m
    where m.workspace_id = ${workspaceId} and m.id = ${id} and m.direction = 'out'
    for no key update of m`.execute(db)
  return rows[0] ?? null
}

export interface LockedMessage {
  id: MessageId
  state: string
  error_code: string | null
  number_id: NumberId
  list_id: ListId | null
  attempt: number
  list_is_cancelled: boolean
}

/** A status of the provider still lifts them out of this state: only we say that they were not sent. */
export async function updateNotSent(
  db: Db,
  workspaceId: WorkspaceId,
  { ids, code }: { ids: readonly string[]; code: string },
): Promise<void> {
  await sql`
    update messages set state = 'cancelled', resolution = 'operator', error_code = ${code}, error = null
    where workspace_id = ${workspaceId} and id = any (${[...ids]}::text[])`.execute(db)
}

/**
 * Back into the queue, each written down as sent again. The claim counts the attempt up, so both tries are told apart by
 * their tags.
 */
export async function requeueUnsettled(
  db: Db,
  workspaceId: WorkspaceId,
  { ids, actorName }: { ids: readonly string[]; actorName: string },
): Promise<void> {
  await sql`
    with requeued as (
      update messages
      set state = 'queued', next_at = now(), resolution = 'operator', error_code = null, error = null,
        unknown_since = null
      where workspace_id = ${workspaceId} and id = any (${[...ids]}::text[])
      returning workspace_id, id, attempt
    )
    insert into message_resends (workspace_id, id, message_id, attempt, decided_by, actor_name)
    select workspace_id, parley_id('rsd'), id, attempt, 'operator', ${actorName} from requeued
    on conflict do nothing`.execute(db)
}

export interface ResendRow extends PersonColumns, ListColumns {
  id: string
  message_id: MessageId
  number_id: NumberId
  attempt: number
  decided_by: 'policy' | 'operator'
  actor_name: string | null
  at: Date
  was_doubled: boolean
}

const wasDoubled = sql`(
  select count(*) > 1 from message_attempts a
  where a.workspace_id = r.workspace_id and a.message_id = r.message_id and a.outcome = 'accepted')`

/** Newest first, one more than `limit`. */
export async function selectResends(
  db: Db,
  workspaceId: WorkspaceId,
  { before, limit }: { before: string | null; limit: number },
): Promise<ResendRow[]> {
  const { rows } = await sql<ResendRow>`
    select r.id, r.message_id, ${ofList}, m.number_id, r.attempt, r.decided_by, r.actor_name, r.at, ${person},
      ${wasDoubled} as was_doubled
    from message_resends r
    join messages m on m.workspace_id = r.workspace_id and m.id = r.message_id
    join contacts p on p.workspace_id = m.workspace_id and p.id = m.contact_id
    left join lists l on l.workspace_id = m.workspace_id and l.id = m.list_id
    where r.workspace_id = ${workspaceId} ${before === null ? sql`` : sql`and r.id < ${before}`}
    order by r.id desc
    limit ${limit + 1}`.execute(db)
  return rows
}

export async function countResends(
  db: Db,
  workspaceId: WorkspaceId,
): Promise<{ total: number; doubled: number }> {
  const { rows } = await sql<{ total: number; doubled: number }>`
    select count(*) as total, count(distinct r.message_id) filter (where ${wasDoubled}) as doubled
    from message_resends r where r.workspace_id = ${workspaceId}`.execute(db)
  return rows[0] ?? { total: 0, doubled: 0 }
}

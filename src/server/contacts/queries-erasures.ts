import { type RawBuilder, sql } from 'kysely'
import type { ContactId, ErasureId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

/** By what a person is found where no id of ours leads. */
export interface Traces {
  phones: string[]
  user_ids: string[]
}

export interface ErasureRow {
  id: ErasureId
  contact_id: ContactId
  requested_by: string
  requested_at: Date
  removed: Record<string, number>
  finished_at: Date | null
}

const columns = sql`id, contact_id, requested_by, requested_at, removed, finished_at`

/** Phones and user ids that the person has and had. The contact is locked. */
export async function selectTraces(
  db: Db,
  workspaceId: WorkspaceId,
  contactId: string,
): Promise<(Traces & { messages: number }) | null> {
  const { rows } = await sql<Traces & { messages: number }>`
    with person as (
      select id, phone, user_id from contacts where workspace_id = ${workspaceId} and id = ${contactId} for update
    ), known as (
      select 'phone' as kind, phone as value from person
      union select 'user_id', user_id from person
      union select h.kind, unnest(array[h.previous, h.value]) from contact_changes h
        join person p on h.contact_id = p.id where h.workspace_id = ${workspaceId}
    )
    select coalesce((select array_agg(value) from known where kind = 'phone' and value is not null), '{}') as phones,
      coalesce((select array_agg(value) from known where kind = 'user_id' and value is not null), '{}') as user_ids,
      (select count(*)::int from messages m join person p on m.contact_id = p.id where m.workspace_id = ${workspaceId}) as messages
    from person`.execute(db)
  return rows[0] ?? null
}

/** The opt-outs that hold just now; what was kept of an earlier erasure is overtaken by them. */
export async function keepOptOuts(
  db: Db,
  workspaceId: WorkspaceId,
  contactId: string,
  traces: readonly string[],
): Promise<void> {
  await sql`
    insert into trace_keys (workspace_id) values (${workspaceId}) on conflict do nothing`.execute(db)
  await sql`
    delete from kept_opt_outs k using unnest(${[...traces]}::text[]) t
    where k.workspace_id = ${workspaceId} and k.digest = trace_digest(${workspaceId}, t)`.execute(db)
  await sql`
    insert into kept_opt_outs (workspace_id, digest, scope, at)
    select ${workspaceId}, trace_digest(${workspaceId}, t), o.scope, o.at
    from contacts c
    cross join lateral (values ('all', c.opted_out_all_at), ('marketing', c.opted_out_marketing_at)) o(scope, at)
    cross join unnest(${[...traces]}::text[]) t
    where c.workspace_id = ${workspaceId} and c.id = ${contactId} and o.at is not null
    on conflict do nothing`.execute(db)
}

export async function insertErasure(
  db: Db,
  workspaceId: WorkspaceId,
  erasure: { id: string; contact_id: string; requested_by: string; traces: Traces; messages: number },
): Promise<void> {
  await sql`
    insert into erasures (workspace_id, id, contact_id, requested_by, traces, removed)
    values (${workspaceId}, ${erasure.id}, ${erasure.contact_id}, ${erasure.requested_by},
      ${JSON.stringify(erasure.traces)}::jsonb, ${JSON.stringify({ messages: erasure.messages })}::jsonb)`.execute(
    db,
  )
}

/** Newest first; `before` is the id of the last one of the page before. */
export async function selectErasures(
  db: Db,
  workspaceId: WorkspaceId,
  options: { contactId: string | null; before: string | null; limit: number },
): Promise<ErasureRow[]> {
  const { contactId, before, limit } = options
  const { rows } = await sql<ErasureRow>`
    select ${columns} from erasures
    where workspace_id = ${workspaceId}
      ${contactId === null ? sql`` : sql`and contact_id = ${contactId}`}
      ${before === null ? sql`` : sql`and id < ${before}`}
    order by id desc limit ${limit}`.execute(db)
  return rows
}

/** Those with something left to do: the first time, or once more a while later. */
export async function selectOpenErasures(db: Db): Promise<{ workspace_id: WorkspaceId; id: ErasureId }[]> {
  const { rows } = await sql<{ workspace_id: WorkspaceId; id: ErasureId }>`
    select workspace_id, id from erasures
    where traces is not null and (finished_at is null or sweep_at <= now())
    order by requested_at limit 1000`.execute(db)
  return rows
}

/** Whether somebody came back under one of the traces. */
export async function isBack(db: Db, { workspace_id, traces }: OpenErasure): Promise<boolean> {
  const { rows } = await sql`
    select from contacts
    where workspace_id = ${workspace_id} and (phone = any (${traces.phones}) or user_id = any (${traces.user_ids}))
    limit 1`.execute(db)
  return rows.length > 0
}

export interface OpenErasure extends ErasureRow {
  workspace_id: WorkspaceId
  traces: Traces
  cursors: Record<string, string | null>
}

export async function selectOpenErasure(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<OpenErasure | null> {
  const { rows } = await sql<OpenErasure>`
    select ${columns}, workspace_id, traces, cursors from erasures
    where workspace_id = ${workspaceId} and id = ${id} and traces is not null`.execute(db)
  return rows[0] ?? null
}

export const erasureParts = ['recipients', 'group_messages', 'rest', 'events', 'webhooks'] as const
export type ErasurePart = (typeof erasureParts)[number]

/** Looks through the next rows of a part; the cursor moves in the same statement. Returns the last row, null at the end. */
export async function erasePart(
  db: Db,
  erasure: OpenErasure,
  part: ErasurePart,
  behind: string,
): Promise<string | null> {
  const { rows } = await sql<{ last_id: string | null }>`
    with step as materialized (select last_id, removed from ${stepOf(erasure, part, behind)})
    update erasures e set
      cursors = e.cursors || jsonb_build_object(${part}::text, coalesce(step.last_id, ${behind}::text)),
      removed = e.removed || jsonb_build_object(${part}::text, coalesce((e.removed ->> ${part})::int, 0) + step.removed)
    from step
    where e.workspace_id = ${erasure.workspace_id} and e.id = ${erasure.id}
    returning step.last_id`.execute(db)
  return rows[0]?.last_id ?? null
}

function stepOf(
  { workspace_id, contact_id, traces }: OpenErasure,
  part: ErasurePart,
  behind: string,
): RawBuilder<unknown> {
  const { phones, user_ids } = traces
  const all = [...phones, ...user_ids, ...phones.map(wordOfIds)]
  switch (part) {
    case 'recipients':
      return sql`erase_from_lists(${workspace_id}, ${phones}::text[], ${user_ids}::text[], ${behind}, 20)`
    case 'group_messages':
      return sql`erase_from_groups(${workspace_id}, ${phones}::text[], ${user_ids}::text[], ${behind}, 20)`
    case 'rest':
      return sql`erase_from_rest(${workspace_id}, ${all}::text[])`
    case 'events':
      return sql`erase_from_events(${workspace_id}, ${contact_id}, ${phones}::text[], ${user_ids}::text[], ${behind}, 10000)`
    case 'webhooks':
      return sql`erase_from_webhooks(${workspace_id}, ${[...all, ...all.map((trace) => trace.toLowerCase())]}::text[], ${behind}, 1000)`
    default: {
      const unknown: never = part
      return unknown
    }
  }
}

/** How a phone stands in the ids that WhatsApp makes of messages: `wamid.HBgLMTY1MDM4Nzk0MzkV…`. */
function wordOfIds(phone: string): string {
  const bytes = Buffer.from([0x1c, 0x18, phone.length, ...Buffer.from(phone), 0x15])
  // Only the signs that don't depend on what follows.
  return bytes.toString('base64').slice(0, Math.floor((bytes.length * 8) / 6))
}

/** The first time the receipt is written, and all is looked through once more later; then the traces go too. */
export async function endRound(db: Db, erasure: OpenErasure, cursors: Record<string, string>): Promise<void> {
  const isSweep = erasure.finished_at !== null
  await sql`
    update erasures set
      finished_at = coalesce(finished_at, clock_timestamp()),
      cursors = ${JSON.stringify(isSweep ? {} : cursors)}::jsonb,
      traces = ${isSweep ? null : sql`traces`}
    where workspace_id = ${erasure.workspace_id} and id = ${erasure.id}`.execute(db)
}

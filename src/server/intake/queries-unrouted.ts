import { type RawBuilder, sql } from 'kysely'
import type { InboundFact, InboundLogId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { asReceived } from './queries-replays.ts'

export interface UnroutedRow {
  id: InboundLogId
  received_at: Date
  body_bytes: number
  facts: InboundFact[]
  /** Ids of accounts and numbers that it tells of, beside what the facts hold. */
  terms: string[]
}

export async function countUnrouted(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from inbound_logs where workspace_id is null and verdict = 'unrouted'`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

export async function selectUnrouted(db: Db, limit: number): Promise<UnroutedRow[]> {
  const { rows } = await sql<UnroutedRow>`
    select id, received_at, body_bytes, facts, terms from inbound_logs
    where workspace_id is null and verdict = 'unrouted' order by id desc limit ${limit}`.execute(db)
  return rows
}

/**
 * Whether something that the log tells of was connected after it came; a minute more, for what was being connected just
 * then. Who signed it may have been disconnected when it came.
 */
const isConnectedSince = sql`
  (exists (select from numbers n
           where n.connected and n.phone_number_id = any (l.terms) and ${isSince(sql`n`)})
   or exists (select from connectors c
              where c.status <> 'DISCONNECTED' and (c.waba_id = any (l.terms) or c.id = l.connector_id) and ${isSince(sql`c`)}))`

function isSince(what: RawBuilder<unknown>) {
  return sql`${what}.connected_at > l.received_at - interval '1 minute'`
}

/** One step, oldest first; `all` of what is nobody's. `lastId` is null when it was the last. */
export async function resetUnrouted(
  db: Db,
  { which, afterId, limit }: { which: 'all' | 'connected'; afterId: string; limit: number },
): Promise<{ reset: number; lastId: string | null }> {
  const { rows } = await sql<{ reset: number; lastId: string | null }>`
    with looked as materialized (
      select id from inbound_logs
      where verdict = 'unrouted' ${which === 'all' ? sql`and workspace_id is null` : sql``} and id > ${afterId}
      order by id limit ${limit}
    ), reset as (
      update inbound_logs l set ${asReceived}
      from looked
      where l.id = looked.id and l.body is not null ${which === 'all' ? sql`` : sql`and ${isConnectedSince}`}
      returning 1
    )
    select (select count(*) from reset) as reset,
           case when count(*) = ${limit} then max(id) end as "lastId" from looked`.execute(db)
  return rows[0] ?? { reset: 0, lastId: null }
}

/** When something was connected last, anew or again; null when nothing ever was. */
export async function selectNewestConnection(db: Db): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select greatest((select max(connected_at) from connectors), (select max(connected_at) from numbers)) as at`.execute(
    db,
  )
  return rows[0]?.at ?? null
}

import { sql } from 'kysely'
import { eventType } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { EventSource } from './formats/event-source.ts'

interface SourceRow {
  id: string
  type: string
  at: Date
  data: Record<string, unknown>
  app_name: string | null
  app_id: string | null
  phone: string | null
  template_external_id: string | null
  inbound_log_id: string | null
}

/** Events with what the formats of providers need beside them, by id. An event that is not kept any more is missing. */
export async function selectEventSources(
  db: Db,
  deliveries: readonly { workspace_id: string; event_id: string }[],
): Promise<Map<string, EventSource>> {
  const wanted = deliveries.map(({ workspace_id, event_id }) => ({ workspace_id, event_id }))
  const { rows } = await sql<SourceRow>`
    select v.id, v.type, v.at, v.data, coalesce(c.app_name, c.name) as app_name, c.app_id,
           coalesce(n.phone, only_one.phone) as phone,
           made_from.external_id as template_external_id, v.inbound_log_id
    from (
      select distinct workspace_id, event_id
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(workspace_id text, event_id text)) w
    join events v on v.workspace_id = w.workspace_id and v.id = w.event_id
    left join numbers n on n.workspace_id = v.workspace_id and n.id = v.number_id
    left join templates about on about.workspace_id = v.workspace_id and about.id = v.data ->> 'template_id'
    left join connectors c on c.workspace_id = v.workspace_id
      and c.id = coalesce(n.connector_id, about.connector_id, v.data ->> 'connector_id')
    left join lateral (
      select min(phone) as phone from numbers
      where workspace_id = c.workspace_id and connector_id = c.id
      having count(*) = 1) only_one on v.number_id is null
    left join messages m on m.workspace_id = v.workspace_id and m.id = v.message_id
    left join templates made_from on made_from.workspace_id = v.workspace_id and made_from.id = m.template_id`.execute(
    db,
  )
  const told = await selectWebhooks(db, [...new Set(rows.flatMap((row) => row.inbound_log_id ?? []))])
  return new Map(rows.map((row) => [row.id, sourceOf(row, told.get(row.inbound_log_id ?? '') ?? null)]))
}

/** Each once, however many events follow from it: a webhook may tell of a thousand. */
async function selectWebhooks(db: Db, ids: readonly string[]): Promise<Map<string, EventSource['told']>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; provider: 'meta' | 'gupshup'; body: Buffer }>`
    select id, source as provider, body from inbound_logs
    where id = any (${[...ids]}::text[]) and source is not null and body is not null`.execute(db)
  return new Map(rows.map(({ id, ...told }) => [id, told]))
}

function sourceOf(row: SourceRow, told: EventSource['told']): EventSource {
  return {
    type: eventType.parse(row.type),
    at: row.at,
    data: row.data,
    app: { name: row.app_name, id: row.app_id, phone: row.phone },
    templateExternalId: row.template_external_id,
    told,
  }
}

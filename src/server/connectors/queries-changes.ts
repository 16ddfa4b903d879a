import { sql } from 'kysely'
import type { WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { News } from './account-news.ts'

export interface NewChange extends News {
  connector_id: string
  number_id: string | null
  at: Date
  inbound_log_id: string | null
  mark: string
}

/** False when it was told before. */
export async function insertChange(db: Db, workspaceId: WorkspaceId, change: NewChange): Promise<boolean> {
  const { rows } = await sql`
    insert into account_changes (workspace_id, id, connector_id, number_id, topic, aspect, change, previous, value, details,
      at, inbound_log_id, mark)
    values (${workspaceId}, parley_id('acc'), ${change.connector_id}, ${change.number_id}, ${change.topic},
      ${change.aspect}, ${change.change}, ${change.previous}, ${change.value}, ${JSON.stringify(change.details)}::jsonb, ${change.at},
      ${change.inbound_log_id}, ${change.mark})
    on conflict do nothing
    returning id`.execute(db)
  return rows.length > 0
}

/** Whether something of the same topic and aspect is known that happened later; with `change`, only of the same word. */
export async function hasNewerChange(
  db: Db,
  workspaceId: WorkspaceId,
  {
    connector_id,
    number_id,
    topic,
    aspect,
    at,
    change = null,
  }: Pick<NewChange, 'connector_id' | 'number_id' | 'topic' | 'aspect' | 'at'> & { change?: string | null },
): Promise<boolean> {
  const { rows } = await sql`
    select from account_changes
    where workspace_id = ${workspaceId} and connector_id = ${connector_id} and topic = ${topic}
      and aspect = ${aspect} and number_id is not distinct from ${number_id}::text and at > ${at}
      and change = coalesce(${change}, change)
    limit 1`.execute(db)
  return rows.length > 0
}

export interface ChangeRow {
  id: string
  connector_id: string
  number_id: string | null
  topic: string
  change: string
  previous: string | null
  value: string | null
  details: Record<string, unknown>
  at: Date
  inbound_log_id: string | null
}

/** Newest first, one more than `limit`; of a connector all of its numbers too. */
export async function selectChanges(
  db: Db,
  workspaceId: WorkspaceId,
  options: { connectorId: string; numberId: string | null; before: string | null; limit: number },
): Promise<ChangeRow[]> {
  const { connectorId, numberId, before, limit } = options
  const { rows } = await sql<ChangeRow>`
    select id, connector_id, number_id, topic, change, previous, value, details, at, inbound_log_id
    from account_changes
    where workspace_id = ${workspaceId} and connector_id = ${connectorId}
      ${numberId === null ? sql`` : sql`and number_id = ${numberId}`}
      ${before === null ? sql`` : sql`and id < ${before}`}
    order by id desc
    limit ${limit + 1}`.execute(db)
  return rows
}

export interface AccountConnector {
  id: string
  name: string
  provider: string
  waba_id: string | null
}

/** The connector itself, and others of the same WhatsApp account in this workspace. */
export async function selectConnectorsOfAccount(
  db: Db,
  workspaceId: WorkspaceId,
  connectorId: string,
): Promise<AccountConnector[]> {
  const { rows } = await sql<AccountConnector>`
    select c.id, c.name, c.provider, c.waba_id
    from connectors heard
    join connectors c on c.workspace_id = heard.workspace_id and (c.id = heard.id or c.waba_id = heard.waba_id)
    where heard.workspace_id = ${workspaceId} and heard.id = ${connectorId}
    order by (c.id = heard.id) desc, c.id`.execute(db)
  return rows
}

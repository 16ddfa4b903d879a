import { sql } from 'kysely'
import type { ConnectorCheck, ConnectorStatus, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { ConnectorRow } from './connector.ts'

export async function selectConnector(
  db: Db,
  workspaceId: WorkspaceId,
  connectorId: string,
): Promise<ConnectorRow | null> {
  const row = await db
    .selectFrom('connectors')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', connectorId)
    .executeTakeFirst()
  return row ?? null
}

/** Newest first, one more than `limit`; `before` is the id of the last connector of the page before. */
export async function selectConnectors(
  db: Db,
  workspaceId: WorkspaceId,
  { before, limit }: { before: string | null; limit: number },
): Promise<ConnectorRow[]> {
  const rows = db.selectFrom('connectors').selectAll().where('workspace_id', '=', workspaceId)
  const page = before === null ? rows : rows.where('id', '<', before)
  return await page
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
}

/** For workers: the key comes from a webhook's address, the workspace from the row. */
export async function selectConnectorByKey(db: Db, key: string): Promise<ConnectorRow | null> {
  const row = await db.selectFrom('connectors').selectAll().where('key', '=', key).executeTakeFirst()
  return row ?? null
}

/** Of all workspaces, connected for an hour at least: until then what was read at that time will do. For workers. */
export async function selectConnectedLong(db: Db): Promise<{ workspace_id: string; connector_id: string }[]> {
  return db
    .selectFrom('connectors')
    .select(['workspace_id', 'id as connector_id'])
    .where('status', '<>', 'DISCONNECTED')
    .where('connected_at', '<', sql<Date>`now() - interval '1 hour'`)
    .orderBy('id')
    .execute()
}

export interface SandboxConnectorRow extends ConnectorRow {
  phone_number_id: string
  phone: string
}

/** Sandbox connectors of all workspaces, each with its number. For workers. */
export async function selectSandboxConnectors(db: Db): Promise<SandboxConnectorRow[]> {
  return db
    .selectFrom('connectors')
    .innerJoin('numbers', (join) =>
      join
        .onRef('numbers.workspace_id', '=', 'connectors.workspace_id')
        .onRef('numbers.connector_id', '=', 'connectors.id'),
    )
    .selectAll('connectors')
    .select(['numbers.phone_number_id', 'numbers.phone'])
    .where('connectors.provider', '=', 'sandbox')
    .execute()
}

export type NewConnector = Pick<
  ConnectorRow,
  'id' | 'provider' | 'name' | 'status' | 'key' | 'waba_id' | 'portfolio_id' | 'app_id' | 'credentials_sealed'
> &
  Partial<Pick<ConnectorRow, 'app_name'>>

export async function insertConnector(
  db: Db,
  workspaceId: WorkspaceId,
  connector: NewConnector,
): Promise<void> {
  await db
    .insertInto('connectors')
    .values({ workspace_id: workspaceId, ...connector })
    .execute()
}

export async function updateConnectorStatus(
  db: Db,
  workspaceId: WorkspaceId,
  connectorId: string,
  status: ConnectorStatus,
): Promise<void> {
  await sql`
    update connectors
    set status = ${status},
        connected_at = case when status = 'DISCONNECTED' and ${status}::text <> 'DISCONNECTED' then now() else connected_at end,
        disconnected_at = case when ${status}::text = 'DISCONNECTED' then now() end
    where workspace_id = ${workspaceId} and id = ${connectorId}`.execute(db)
}

/** A connector that was disconnected meanwhile keeps that status. */
export async function updateConnectorCheck(
  db: Db,
  workspaceId: WorkspaceId,
  connectorId: string,
  { check, status }: { check: ConnectorCheck; status: ConnectorStatus },
): Promise<void> {
  await sql`
    update connectors
    set last_check = ${JSON.stringify(check)}::jsonb,
        last_checked_at = now(),
        status = case when status = 'DISCONNECTED' then status else ${status} end
    where workspace_id = ${workspaceId} and id = ${connectorId}`.execute(db)
}

/** Written at most every 5 s: a busy number would otherwise rewrite the row with every webhook. */
export async function touchConnector(db: Db, connectorId: string, at: Date): Promise<void> {
  await sql`
    update connectors set last_webhook_at = ${at}
    where id = ${connectorId}
      and (last_webhook_at is null or last_webhook_at < ${at}::timestamptz - interval '5 seconds')`.execute(
    db,
  )
}

export async function markTemplatesSynced(
  db: Db,
  workspaceId: WorkspaceId,
  connectorId: string,
): Promise<void> {
  await sql`
    update connectors set templates_synced_at = now()
    where workspace_id = ${workspaceId} and id = ${connectorId}`.execute(db)
}

export async function updatePortfolio(
  db: Db,
  workspaceId: WorkspaceId,
  connectorId: string,
  portfolioId: string,
): Promise<void> {
  await sql`
    update connectors set portfolio_id = ${portfolioId}
    where workspace_id = ${workspaceId} and id = ${connectorId}`.execute(db)
}

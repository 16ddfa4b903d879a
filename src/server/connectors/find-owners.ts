import { sql } from 'kysely'
import type { ConnectorId, NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

export interface NumberOwner {
  workspace_id: WorkspaceId
  id: NumberId
  connector_id: ConnectorId
}

export interface AccountOwner {
  workspace_id: WorkspaceId
  id: ConnectorId
  waba_id: string | null
  app_id: string | null
  /** The number of a Gupshup app while it is connected; null for Meta's accounts, which may have many. */
  number_id: NumberId | null
}

/** Owners of numbers that are connected now, by the provider's id. For workers, who route whole batches of webhooks. */
export async function findNumberOwners(
  db: Db,
  phoneNumberIds: readonly string[],
): Promise<Map<string, NumberOwner & { waba_id: string | null }>> {
  if (phoneNumberIds.length === 0) return new Map()
  const { rows } = await sql<NumberOwner & { waba_id: string | null; phone_number_id: string }>`
    select n.phone_number_id, n.workspace_id, n.id, n.connector_id, c.waba_id
    from numbers n
    join connectors c on c.workspace_id = n.workspace_id and c.id = n.connector_id
    where n.connected and n.phone_number_id = any (${phoneNumberIds})`.execute(db)
  return new Map(rows.map(({ phone_number_id, ...owner }) => [phone_number_id, owner]))
}

/** Connectors by their id and, unless disconnected, by their WhatsApp account. For workers. */
export async function findAccountOwners(
  db: Db,
  { connectorIds, wabaIds }: { connectorIds: readonly string[]; wabaIds: readonly string[] },
): Promise<AccountOwner[]> {
  if (connectorIds.length + wabaIds.length === 0) return []
  const { rows } = await sql<AccountOwner>`
    select c.workspace_id, c.id, c.waba_id, c.app_id, n.id as number_id
    from connectors c
    left join numbers n on c.provider = 'gupshup' and n.workspace_id = c.workspace_id and n.connector_id = c.id
      and n.connected
    where c.id = any (${connectorIds}) or (c.waba_id = any (${wabaIds}) and c.status <> 'DISCONNECTED')`.execute(
    db,
  )
  return rows
}

import {
  type ConnectorId,
  connectorId,
  type NumberId,
  type WorkspaceId,
  workspaceId,
} from '../../contract/index.ts'
import { type Ctx, ParleyError } from '../platform/index.ts'
import type { Connection, GupshupConnection, MetaConnection } from '../providers/index.ts'
import { type ConnectorRow, type NumberRow, sandboxUrl } from './connector.ts'
import { openCredentials, openGupshupCredentials } from './credentials.ts'
import { selectConnector, selectConnectorByKey } from './queries.ts'
import { selectNumber, selectRoutedNumbers } from './queries-numbers.ts'
import { TimedCache } from './timed-cache.ts'

/** What a webhook's address leads to. */
export interface KeyedConnector {
  workspace_id: WorkspaceId
  id: ConnectorId
  provider: string
  status: string
  /** What proves that a webhook is the provider's; null for those of another provider. */
  app_secret: string | null
  verify_token: string | null
  callback_secret: string | null
  waba_id: string | null
  /** Numbers whose webhooks may come in this way, by the provider's id. */
  phone_number_ids: Map<string, NumberId>
}

export interface NumberConnection {
  connection: Connection
  number: NumberRow
  connector_id: ConnectorId
}

/** How long another process may go on with what was changed here. */
const ttlMs = 5000

interface Caches {
  byId: TimedCache<Connection>
  byNumber: TimedCache<NumberConnection>
  byKey: TimedCache<KeyedConnector | null>
}
const cachesOf = new WeakMap<Ctx['db'], Caches>()

/**
 * Opens the credentials of a connector. Remembered for 5 s; the same object comes back, on which the send path
 * hangs its prebuilt headers. Throws not_found, or connector_disconnected.
 */
export function openConnection(ctx: Ctx, workspace: WorkspaceId, id: ConnectorId): Promise<Connection> {
  return cachesFor(ctx).byId.get(`${workspace} ${id}`, ctx.clock.monotonicMs(), async () => {
    const row = await ctx.db.inWorkspace(workspace, (tx) => selectConnector(tx, workspace, id))
    if (row === null) throw new ParleyError('not_found', 'There is no such connector.')
    if (row.status === 'DISCONNECTED') throw disconnected()
    return connectionOf(ctx, row)
  })
}

/** The same for the connector of a number. Throws not_found, or connector_disconnected. */
export function numberConnection(ctx: Ctx, workspace: WorkspaceId, id: NumberId): Promise<NumberConnection> {
  return cachesFor(ctx).byNumber.get(`${workspace} ${id}`, ctx.clock.monotonicMs(), async () => {
    const found = await ctx.db.inWorkspace(workspace, async (tx) => {
      const number = await selectNumber(tx, workspace, id)
      const connector = number && (await selectConnector(tx, workspace, number.connector_id))
      return connector ? { number, connector } : null
    })
    if (found === null) throw new ParleyError('not_found', 'There is no such number.')
    const { number, connector } = found
    if (!number.connected || connector.status === 'DISCONNECTED') throw disconnected()
    return { connection: connectionOf(ctx, connector), number, connector_id: connectorId.parse(connector.id) }
  })
}

/** The connector that a webhook's address names; null when there is none. For workers. */
export function findConnectorByKey(ctx: Ctx, key: string): Promise<KeyedConnector | null> {
  return cachesFor(ctx).byKey.get(key, ctx.clock.monotonicMs(), async () => {
    const row = await selectConnectorByKey(ctx.db.worker, key)
    if (row === null) return null
    const numbers = await selectRoutedNumbers(ctx.db.worker, row)
    const { provider, status, waba_id } = row
    const phoneNumberIds = new Map(numbers.map((each) => [each.phone_number_id, each.id]))
    return {
      workspace_id: workspaceId.parse(row.workspace_id),
      id: connectorId.parse(row.id),
      provider,
      status,
      ...proofsOf(ctx, row),
      waba_id,
      phone_number_ids: phoneNumberIds,
    }
  })
}

/** After a change in this process, what was remembered is read anew at once. */
export function forgetConnections(ctx: Ctx): void {
  const { byId, byNumber, byKey } = cachesFor(ctx)
  for (const cache of [byId, byNumber, byKey]) cache.clear()
}

function proofsOf(
  ctx: Ctx,
  row: ConnectorRow,
): Pick<KeyedConnector, 'app_secret' | 'verify_token' | 'callback_secret'> {
  if (row.provider === 'gupshup') {
    const { callback_secret } = openGupshupCredentials(ctx, row)
    return { app_secret: null, verify_token: null, callback_secret }
  }
  const { app_secret, verify_token } = openCredentials(ctx, row)
  return { app_secret, verify_token, callback_secret: null }
}

/** Also of a disconnected connector, for checking and reconnecting it. */
function connectionOf(ctx: Ctx, row: ConnectorRow): Connection {
  return row.provider === 'gupshup' ? gupshupConnectionOf(ctx, row) : metaConnectionOf(ctx, row)
}

export function gupshupConnectionOf(ctx: Ctx, row: ConnectorRow): GupshupConnection {
  const { api_key } = openGupshupCredentials(ctx, row)
  return {
    provider: 'gupshup',
    gupshup_url: ctx.config.gupshupUrl,
    app_id: row.app_id ?? '',
    app_name: row.app_name ?? '',
    api_key,
  }
}

export function metaConnectionOf(ctx: Ctx, row: ConnectorRow): MetaConnection {
  const { config } = ctx
  return {
    provider: row.provider === 'sandbox' ? 'sandbox' : 'meta',
    graph_url: row.provider === 'sandbox' ? sandboxUrl(config) : config.graphUrl,
    graph_version: config.graphVersion,
    waba_id: row.waba_id,
    app_id: row.app_id,
    ...openCredentials(ctx, row),
  }
}

function disconnected(): ParleyError {
  return new ParleyError('connector_disconnected', 'This number is disconnected. Reconnect it to go on.')
}

function cachesFor(ctx: Ctx): Caches {
  const known = cachesOf.get(ctx.db)
  if (known) return known
  const caches: Caches = {
    byId: new TimedCache({ ttlMs, sizeMax: 5000 }),
    byNumber: new TimedCache({ ttlMs, sizeMax: 5000 }),
    // Strangers can make up keys; what they leave here stays small.
    byKey: new TimedCache({ ttlMs, sizeMax: 5000 }),
  }
  cachesOf.set(ctx.db, caches)
  return caches
}

import { type Connector, type CreateConnector, connectorId } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import type { Actor } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { alreadyConnected } from './already-connected.ts'
import { checkGupshup } from './check-gupshup.ts'
import type { ConnectorRow, NumberRow } from './connector.ts'
import { sealCredentials } from './credentials.ts'
import { forgetConnections } from './open-connection.ts'
import { presentConnector } from './present-connector.ts'
import { insertConnector, selectConnector } from './queries.ts'
import { connectNumber } from './queries-numbers.ts'
import { requestTemplateSync } from './request-template-sync.ts'

/** Messages per second of one app. https://support.gupshup.io, read 2026-10-01; more only by agreement. */
const paceLimitPerSecond = 20

type NewGupshup = Extract<CreateConnector, { provider: 'gupshup' }> & { key: string }

/**
 * Connects the number of a Gupshup app. Throws connector_check_failed naming the wrong field, number_already_connected,
 * provider_unreachable.
 */
export async function createGupshupConnector(
  ctx: ServerCtx,
  actor: Actor,
  input: NewGupshup,
): Promise<Connector> {
  const { app_id, app_name, api_key, source } = input
  const connection = {
    provider: 'gupshup',
    gupshup_url: ctx.config.gupshupUrl,
    app_id,
    app_name,
    api_key,
  } as const
  await checkGupshup(ctx.providers.gupshup, connection, source)
  const { connector, number } = await store(ctx, actor, input)
  forgetConnections(ctx)
  await requestTemplateSync(ctx, actor.workspaceId, connectorId.parse(connector.id))
  ctx.live.changed(actor.workspaceId, { topic: 'connector', id: connector.id })
  return presentConnector(ctx, actor, connector, [number])
}

function store(
  ctx: ServerCtx,
  actor: Actor,
  { name, key, app_id, app_name, api_key, source }: NewGupshup,
): Promise<{ connector: ConnectorRow; number: NumberRow }> {
  const { workspaceId } = actor
  const id = ctx.random.id('con')
  const callback_secret = ctx.random.token(24)
  const owner = { workspace_id: workspaceId, id }
  const credentials_sealed = sealCredentials(ctx, owner, { api_key, callback_secret })
  const values = { id, provider: 'gupshup', name, status: 'ACTIVE', key, app_id, app_name }
  return ctx.db.inWorkspace(workspaceId, async (tx) => {
    const account = { waba_id: null, portfolio_id: null }
    await insertConnector(tx, workspaceId, { ...values, ...account, credentials_sealed })
    const number = await connectNumber(tx, workspaceId, {
      id: ctx.random.id('num'),
      connector_id: id,
      phone_number_id: source,
      display_phone_number: `+${source}`,
      phone: source,
      verified_name: app_name,
      quality_rating: 'UNKNOWN',
      messaging_limit: null,
      throughput: 'STANDARD',
      pace_limit_per_second: paceLimitPerSecond,
    })
    if (number === null) throw alreadyConnected()
    const after = { provider: 'gupshup', name, app_id, app_name, source }
    await recordAudit(tx, actor, { action: 'connector.created', subject_id: id, subject_name: name, after })
    const connector = await selectConnector(tx, workspaceId, id)
    if (connector === null) throw new Error('The connector was not written.')
    return { connector, number }
  })
}

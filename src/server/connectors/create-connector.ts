import { type Connector, type CreateConnector, connectorId } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import type { Actor } from '../platform/index.ts'
import type { MetaConnection, ServerCtx } from '../providers/index.ts'
import { alreadyConnected } from './already-connected.ts'
import { type CheckedAccount, checkCredentials, checkFailed, refuseUnreachable } from './check-credentials.ts'
import { type ConnectorRow, type NumberRow, sandboxUrl } from './connector.ts'
import { createGupshupConnector } from './create-gupshup-connector.ts'
import { createSandboxAccount } from './create-sandbox-account.ts'
import { type Credentials, sealCredentials } from './credentials.ts'
import { numberValues } from './number-values.ts'
import { forgetConnections } from './open-connection.ts'
import { presentConnector } from './present-connector.ts'
import { insertConnector, selectConnector } from './queries.ts'
import { connectNumber } from './queries-numbers.ts'
import { requestTemplateSync } from './request-template-sync.ts'

/**
 * Connects a WhatsApp number: by hand with Meta's four fields, through a Gupshup app, or with a pretend account of the
 * sandbox. Throws connector_check_failed naming the wrong field, number_already_connected, provider_unreachable.
 */
export async function createConnector(
  ctx: ServerCtx,
  actor: Actor,
  input: CreateConnector,
): Promise<Connector> {
  switch (input.provider) {
    case 'meta':
      return await connect(ctx, actor, {
        provider: 'meta',
        name: input.name,
        key: newKey(ctx),
        fields: input,
      })
    case 'sandbox': {
      const key = newKey(ctx)
      const fields = await createSandboxAccount(ctx, { name: input.name, key })
      return await connect(ctx, actor, { provider: 'sandbox', name: input.name, key, fields })
    }
    case 'gupshup':
      return await createGupshupConnector(ctx, actor, { ...input, key: newKey(ctx) })
    default:
      return input satisfies never
  }
}

interface ToConnect {
  provider: 'meta' | 'sandbox'
  name: string
  key: string
  fields: Credentials & { phone_number_id: string; waba_id?: string | undefined }
}

async function connect(ctx: ServerCtx, actor: Actor, wanted: ToConnect): Promise<Connector> {
  const { fields, provider } = wanted
  const { access_token, app_secret, verify_token } = fields
  const connection: MetaConnection = {
    provider,
    graph_url: provider === 'sandbox' ? sandboxUrl(ctx.config) : ctx.config.graphUrl,
    graph_version: ctx.config.graphVersion,
    waba_id: fields.waba_id ?? null,
    app_id: null,
    access_token,
    app_secret,
    verify_token,
  }
  const { meta } = ctx.providers
  const account = await checkCredentials(meta, connection, fields.phone_number_id)
  const subscribed = await meta.subscribeApp(connection, account.waba_id)
  if (!subscribed.ok) {
    refuseUnreachable(subscribed.error)
    const message = `The app could not be subscribed to the WhatsApp account: ${subscribed.error.title}`
    throw checkFailed([{ path: 'access_token', message }])
  }
  const { connector, number } = await store(ctx, actor, wanted, account)
  forgetConnections(ctx)
  await requestTemplateSync(ctx, actor.workspaceId, connectorId.parse(connector.id))
  ctx.live.changed(actor.workspaceId, { topic: 'connector', id: connector.id })
  return presentConnector(ctx, actor, connector, [number])
}

function store(
  ctx: ServerCtx,
  actor: Actor,
  { provider, name, key, fields }: ToConnect,
  account: CheckedAccount,
): Promise<{ connector: ConnectorRow; number: NumberRow }> {
  const { workspaceId } = actor
  const { waba_id, portfolio_id, app_id } = account
  const { access_token, app_secret, verify_token } = fields
  const id = ctx.random.id('con')
  const credentials_sealed = sealCredentials(
    ctx,
    { workspace_id: workspaceId, id },
    { access_token, app_secret, verify_token },
  )
  return ctx.db.inWorkspace(workspaceId, async (tx) => {
    const values = { id, provider, name, status: 'ACTIVE', key, waba_id, portfolio_id, app_id }
    await insertConnector(tx, workspaceId, { ...values, credentials_sealed })
    const number = await connectNumber(tx, workspaceId, {
      id: ctx.random.id('num'),
      connector_id: id,
      phone_number_id: account.number.phone_number_id,
      ...numberValues(account.number),
    })
    if (number === null) throw alreadyConnected()
    const after = { provider, name, phone_number_id: account.number.phone_number_id, waba_id }
    await recordAudit(tx, actor, { action: 'connector.created', subject_id: id, subject_name: name, after })
    const connector = await selectConnector(tx, workspaceId, id)
    if (connector === null) throw new Error('The connector was not written.')
    return { connector, number }
  })
}

function newKey(ctx: ServerCtx): string {
  return ctx.random.token(24)
}

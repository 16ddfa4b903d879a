import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll } from 'vitest'
import { type ConnectorId, connectorId, type NumberId, numberId } from '../../../contract/index.ts'
import { type Config, createHttpApp, type HttpApp } from '../../platform/index.ts'
import { type SeededWorkspace, seedWorkspace, testCtx } from '../../platform/testing/index.ts'
import { createProviders, type ServerCtx } from '../../providers/index.ts'
import { registerIntakeRoutes } from '../webhook-routes.ts'

export interface Shop extends SeededWorkspace {
  connectorId: ConnectorId
  numberId: NumberId
  key: string
  wabaId: string
  phoneNumberId: string
}

export const appSecret = 'app-secret-of-the-test'
export const verifyToken = 'verify-me'
const statuses: Record<string, number> = {
  not_found: 404,
  verify_token_mismatch: 403,
  payload_too_large: 413,
}

/** A context with providers, and the routes that Meta calls on an app without sockets. */
export async function openIntake(config: Partial<Config> = {}): Promise<{ ctx: ServerCtx; app: HttpApp }> {
  const base = await testCtx({ config })
  const providers = createProviders({ log: base.log })
  const ctx = { ...base, providers }
  const app = createHttpApp(ctx, { statusOf: (code) => statuses[code] ?? 500 })
  registerIntakeRoutes(app, ctx)
  afterAll(async () => {
    await app.close()
    await providers.close()
  })
  return { ctx, app }
}

/** A workspace with one connected number. */
export async function openShop(
  ctx: ServerCtx,
  ids: { wabaId: string; phoneNumberId: string } = { wabaId: digits(ctx), phoneNumberId: digits(ctx) },
): Promise<Shop> {
  const seeded = await seedWorkspace(ctx)
  const connector = connectorId.parse(ctx.random.id('con'))
  const number = numberId.parse(ctx.random.id('num'))
  const { wabaId, phoneNumberId } = ids
  const key = ctx.random.token(8)
  const credentials = { access_token: 'token', app_secret: appSecret, verify_token: verifyToken }
  const aad = `${seeded.workspaceId}|connectors|credentials_sealed|${connector}`
  await sql`
    insert into connectors (workspace_id, id, provider, name, key, waba_id, status, credentials_sealed)
    values (${seeded.workspaceId}, ${connector}, 'meta', 'Shop', ${key}, ${wabaId}, 'ACTIVE',
      ${ctx.secrets.seal(JSON.stringify(credentials), aad)})`.execute(ctx.db.worker)
  await sql`
    insert into numbers (workspace_id, id, connector_id, phone_number_id, display_phone_number, phone, verified_name)
    values (${seeded.workspaceId}, ${number}, ${connector}, ${phoneNumberId}, '+598 9123 4567', '59891234567',
      'Corner Shop')`.execute(ctx.db.worker)
  return { ...seeded, connectorId: connector, numberId: number, key, wabaId, phoneNumberId }
}

export function sign(body: string | Buffer, secret: string = appSecret): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

/** A body of Meta's about one number: `value` has messages, statuses and contacts. */
export function metaBody(
  shop: Pick<Shop, 'wabaId' | 'phoneNumberId'>,
  value: Record<string, unknown>,
): string {
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: shop.wabaId, changes: [metaChange(shop, value)] }],
  })
}

export function metaChange(shop: Pick<Shop, 'phoneNumberId'>, value: Record<string, unknown>) {
  const metadata = { display_phone_number: '59891234567', phone_number_id: shop.phoneNumberId }
  return { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } }
}

export function text(id: string, body: string, from = '59899000001', timestamp = 1_749_416_383) {
  return { from, id, timestamp: String(timestamp), type: 'text', text: { body } }
}

function digits(ctx: ServerCtx): string {
  return String(Math.floor(1e14 + ctx.random.number() * 8e14))
}

export interface GupshupShop extends SeededWorkspace {
  connectorId: ConnectorId
  numberId: NumberId
  /** Where Gupshup sends its webhooks. */
  path: string
}

/** A workspace with one connected app of Gupshup. */
export async function openGupshupShop(ctx: ServerCtx): Promise<GupshupShop> {
  const seeded = await seedWorkspace(ctx)
  const connector = connectorId.parse(ctx.random.id('con'))
  const number = numberId.parse(ctx.random.id('num'))
  const [key, secret, source] = [ctx.random.token(8), ctx.random.token(16), digits(ctx).slice(0, 12)]
  const aad = `${seeded.workspaceId}|connectors|credentials_sealed|${connector}`
  const sealed = ctx.secrets.seal(JSON.stringify({ api_key: 'key', callback_secret: secret }), aad)
  await sql`
    insert into connectors (workspace_id, id, provider, name, key, app_id, app_name, status, credentials_sealed)
    values (${seeded.workspaceId}, ${connector}, 'gupshup', 'Line', ${key}, ${key}, 'ShopLine', 'ACTIVE', ${sealed})`.execute(
    ctx.db.worker,
  )
  await sql`
    insert into numbers (workspace_id, id, connector_id, phone_number_id, display_phone_number, phone, verified_name)
    values (${seeded.workspaceId}, ${number}, ${connector}, ${source}, ${source}, ${source}, 'Corner Shop')`.execute(
    ctx.db.worker,
  )
  const path = `/webhooks/gupshup/${key}/${secret}`
  return { ...seeded, connectorId: connector, numberId: number, path }
}

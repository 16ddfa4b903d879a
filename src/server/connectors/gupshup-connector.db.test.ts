import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startEmulator } from '../../emulator/index.ts'
import type { Actor } from '../platform/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createProviders, type NumberFact, type ServerCtx } from '../providers/index.ts'
import { applyAccountChange } from './apply-account-change.ts'
import { checkConnector } from './check-connector.ts'
import { createConnector } from './create-connector.ts'
import { disconnectConnector } from './disconnect-connector.ts'
import { findAccountOwners } from './find-owners.ts'
import { findConnectorByKey, openConnection } from './open-connection.ts'
import { presentConnector } from './present-connector.ts'
import { selectConnector, touchConnector } from './queries.ts'
import { selectNumber } from './queries-numbers.ts'
import { reconnectConnector } from './reconnect-connector.ts'
import { failureOf, firstNumber } from './testing/pretend-meta.ts'

const emulator = await startEmulator({ host: '127.0.0.1', port: 0, seed: 7 })
const base = await testCtx({ config: { gupshupUrl: emulator.url } })
const providers = createProviders({ log: base.log, connections: 4 })
const ctx: ServerCtx = { ...base, providers }
afterAll(async () => {
  await providers.close()
  await emulator.stop()
})

const created = z.object({
  app_id: z.string(),
  app_name: z.string(),
  api_key: z.string(),
  partner_token: z.string(),
  source: z.string(),
})

async function someFields() {
  const answer = await fetch(`${emulator.url}/_control/gupshup/apps`, { method: 'POST' })
  const { partner_token, ...fields } = created.parse(await answer.json())
  return { partner_token, fields: { provider: 'gupshup' as const, name: 'Support line', ...fields } }
}

async function someConnector() {
  const { owner } = await seedWorkspace(ctx)
  const made = await someFields()
  return { ...made, owner, connector: await createConnector(ctx, owner, made.fields) }
}

describe('connecting a Gupshup app', () => {
  test('keeps its number, and a connection that opens again', async () => {
    const { connector, fields, owner } = await someConnector()
    const { app_id, app_name, api_key, source } = fields
    expect(connector).toMatchObject({ provider: 'gupshup', status: 'ACTIVE', verify_token: null })
    expect(firstNumber(connector)).toMatchObject({
      phone: source,
      phone_number_id: source,
      verified_name: app_name,
      pace_limit_per_second: 20,
      messaging_limit: null,
    })
    const connection = await openConnection(ctx, owner.workspaceId, connector.id)
    expect(connection).toEqual({ provider: 'gupshup', gupshup_url: emulator.url, app_id, app_name, api_key })
    expect(JSON.stringify(connector)).not.toContain(api_key)
  })

  test('gives the secret of the callback URL to those who set it up, and to nobody else', async () => {
    const { connector, owner } = await someConnector()
    const [key = '', secret = ''] = new URL(connector.webhook_url).pathname.split('/').slice(3)
    const keyed = await findConnectorByKey(ctx, key)
    expect(keyed).toMatchObject({ id: connector.id, app_secret: null, callback_secret: secret })
    // 128 bits at least.
    expect(Buffer.from(secret, 'base64url').length).toBeGreaterThanOrEqual(16)
    const row = await ctx.db.inWorkspace(owner.workspaceId, (tx) =>
      selectConnector(tx, owner.workspaceId, connector.id),
    )
    if (row === null) throw new Error('The connector is gone.')
    const agent: Actor = { ...owner, role: 'agent' }
    expect(JSON.stringify(presentConnector(ctx, agent, row, []))).not.toContain(secret)
  })

  test.each<[string, object, string[]]>([
    ['API key', { api_key: 'wrong' }, ['api_key']],
    ['app id', { app_id: 'nobody' }, ['app_id']],
    ['app name', { app_name: 'Nobody' }, ['app_name', 'source']],
    ['source', { source: '59811111111' }, ['app_name', 'source']],
  ])('with a wrong %s names it', async (_, wrong, paths) => {
    const { owner } = await seedWorkspace(ctx)
    const { fields } = await someFields()
    const error = await failureOf(createConnector(ctx, owner, { ...fields, ...wrong }))
    expect(error.code).toBe('connector_check_failed')
    expect(error.details).toMatchObject({ fields: paths.map((path) => ({ path })) })
  })

  test('that does not answer is said so', async () => {
    const { owner } = await seedWorkspace(ctx)
    const { fields } = await someFields()
    const lost: ServerCtx = { ...ctx, config: { ...ctx.config, gupshupUrl: 'http://127.0.0.1:1' } }
    expect((await failureOf(createConnector(lost, owner, fields))).code).toBe('provider_unreachable')
  })

  test('twice is refused, in another workspace too', async () => {
    const { fields } = await someConnector()
    const { owner } = await seedWorkspace(ctx)
    expect((await failureOf(createConnector(ctx, owner, fields))).code).toBe('number_already_connected')
  })
})

describe('a Gupshup connector', () => {
  test('owns what its app says while it is connected, and can be taken up again', async () => {
    const { connector, owner } = await someConnector()
    const { id } = firstNumber(connector)
    const numberOf = async () =>
      (await findAccountOwners(ctx.db.worker, { connectorIds: [connector.id], wabaIds: [] }))[0]?.number_id
    expect(await numberOf()).toBe(id)
    await disconnectConnector(ctx, owner, connector.id)
    expect(await numberOf()).toBeNull()
    const back = await reconnectConnector(ctx, owner, connector.id)
    expect(back).toMatchObject({ status: 'ACTIVE', numbers: [{ id, connected: true }] })
    expect(await numberOf()).toBe(id)
  })

  test('is examined: first no webhook has come, then all is well', async () => {
    const { connector, owner } = await someConnector()
    const first = await checkConnector(ctx, owner, connector.id)
    expect(first.verdict).toBe('degraded')
    expect(first.steps.filter(({ ok }) => !ok)).toMatchObject([{ name: 'callback' }])
    await touchConnector(ctx.db.worker, connector.id, new Date())
    expect(await checkConnector(ctx, owner, connector.id)).toMatchObject({ verdict: 'healthy' })
  })

  test('with a key that is gone is broken', async () => {
    const { connector, owner } = await someConnector()
    await fetch(`${emulator.url}/_control/reset`, { method: 'POST' })
    const check = await checkConnector(ctx, owner, connector.id)
    expect(check.verdict).toBe('broken')
    expect(check.steps.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual([
      'api_key',
      'number',
      'callback',
    ])
  })

  test('takes its tier from an event that names no number', async () => {
    const { connector, owner } = await someConnector()
    const fact: NumberFact = {
      kind: 'number',
      waba_id: null,
      phone_number_id: null,
      field: 'phone_number_quality_update',
      change: 'UPGRADE',
      at: new Date(),
      phone: null,
      value: { event: 'UPGRADE', current_limit: 'TIER_10K' },
    }
    expect(await applyAccountChange(ctx, owner.workspaceId, connector.id, fact)).toBe('applied')
    const { id } = firstNumber(connector)
    const number = await ctx.db.inWorkspace(owner.workspaceId, (tx) =>
      selectNumber(tx, owner.workspaceId, id),
    )
    expect(number?.messaging_limit).toBe('TIER_10K')
  })
})

test('quality and wallet are read with a partner’s token', async () => {
  const { fields, partner_token } = await someFields()
  const { app_id, app_name } = fields
  const app = { provider: 'gupshup' as const, gupshup_url: emulator.url, app_id, app_name }
  const asPartner = { ...app, api_key: partner_token }
  expect(await providers.gupshup.readRatings(asPartner)).toEqual({
    ok: true,
    value: { quality_rating: 'GREEN', messaging_limit: 'TIER_100K' },
  })
  expect(await providers.gupshup.readWallet(asPartner)).toEqual({
    ok: true,
    value: { balance: 25, currency: 'USD' },
  })
  const asOwner = { ...app, api_key: fields.api_key }
  expect(await providers.gupshup.readWallet(asOwner)).toMatchObject({ ok: false })
})

test('a template is submitted, and listed with the parts it was given', async () => {
  const { fields } = await someFields()
  const { app_id, app_name, api_key } = fields
  const connection = { provider: 'gupshup' as const, gupshup_url: emulator.url, app_id, app_name, api_key }
  const components = [
    { type: 'BODY', text: 'Hola {{1}}, el pedido está en camino.', example: { body_text: [['Ana']] } },
    { type: 'FOOTER', text: 'La tienda' },
    { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Gracias' }] },
  ]
  const template = {
    name: 'on_its_way',
    language: 'es',
    category: 'UTILITY',
    parameter_format: 'POSITIONAL' as const,
    components,
  }
  const submitted = await providers.gupshup.createTemplate(connection, template)
  expect(submitted).toMatchObject({ ok: true, value: { status: 'PENDING' } })
  const listed = []
  for await (const page of providers.gupshup.listTemplates(connection))
    listed.push(...(page.ok ? page.value : []))
  expect(listed.find(({ name }) => name === 'on_its_way')).toMatchObject({ language: 'es', components })
  const again = await providers.gupshup.createTemplate(connection, template)
  expect(again).toMatchObject({ ok: false, error: { code: 'gupshup.refused' } })
})

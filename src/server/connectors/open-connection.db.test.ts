import { afterAll, describe, expect, test } from 'vitest'
import { startEmulator } from '../../emulator/index.ts'
import type { Actor } from '../platform/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { checkConnector } from './check-connector.ts'
import { disconnectConnector } from './disconnect-connector.ts'
import { findConnectorByKey, numberConnection, openConnection } from './open-connection.ts'
import { presentConnector } from './present-connector.ts'
import { selectConnector } from './queries.ts'
import { reconnectConnector } from './reconnect-connector.ts'
import { setPace } from './set-pace.ts'
import { failureOf, firstNumber, pretendMeta } from './testing/pretend-meta.ts'

const emulator = await startEmulator({ host: '127.0.0.1', port: 0, seed: 7 })
const base = await testCtx({ config: { sandboxPort: emulator.port, graphUrl: emulator.url } })
const { ctx, someConnector } = pretendMeta(base, emulator.url)
afterAll(async () => {
  await ctx.providers.close()
  await emulator.stop()
})

describe('a connection', () => {
  test('is found by the key of its webhook address', async () => {
    const { connector: made, fields, owner } = await someConnector((await seedWorkspace(ctx)).owner)
    const key = made.webhook_url.split('/').at(-1) ?? ''
    const found = await findConnectorByKey(ctx, key)
    expect(found).toMatchObject({
      workspace_id: owner.workspaceId,
      id: made.id,
      app_secret: fields.app_secret,
      status: 'ACTIVE',
    })
    expect(found?.phone_number_ids).toEqual(new Map([[fields.phone_number_id, firstNumber(made).id]]))
    expect(await findConnectorByKey(ctx, 'made-up')).toBeNull()
  })

  test('is one object for some seconds, so that prebuilt headers live', async () => {
    const { connector: made, owner } = await someConnector((await seedWorkspace(ctx)).owner)
    const [first, second] = [
      await numberConnection(ctx, owner.workspaceId, firstNumber(made).id),
      await numberConnection(ctx, owner.workspaceId, firstNumber(made).id),
    ]
    expect(second.connection).toBe(first.connection)
  })

  test('of another workspace is not there', async () => {
    const { connector: made } = await someConnector((await seedWorkspace(ctx)).owner)
    const { owner } = await seedWorkspace(ctx)
    const theirs = firstNumber(made).id
    expect((await failureOf(openConnection(ctx, owner.workspaceId, made.id))).code).toBe('not_found')
    expect((await failureOf(numberConnection(ctx, owner.workspaceId, theirs))).code).toBe('not_found')
    expect((await failureOf(checkConnector(ctx, owner, made.id))).code).toBe('not_found')
    expect((await failureOf(disconnectConnector(ctx, owner, made.id))).code).toBe('not_found')
    expect((await failureOf(reconnectConnector(ctx, owner, made.id))).code).toBe('not_found')
    expect((await failureOf(setPace(ctx, owner, theirs, 5))).code).toBe('not_found')
  })

  test('can send through the pretend Meta', async () => {
    const { connector: made, owner } = await someConnector((await seedWorkspace(ctx)).owner)
    const { connection, number } = await numberConnection(ctx, owner.workspaceId, firstNumber(made).id)
    const template = { name: 'hello', language: { code: 'en_US' } }
    const { phone_number_id } = number
    const payload = { to: '59899123456', type: 'template', template }
    const message = { phone_number_id, payload, template_external_id: null }
    const outcome = await ctx.providers.channel.send(connection, message)
    expect(outcome).toMatchObject({ kind: 'refused', error: { code: '132001' }, http_status: 404 })
  })
})

test('those who may not manage connectors do not see the verify token', async () => {
  const { connector: made, owner } = await someConnector((await seedWorkspace(ctx)).owner)
  const row = await selectConnector(ctx.db.worker, owner.workspaceId, made.id)
  if (row === null) throw new Error('The connector is gone.')
  const as = (actor: Partial<Actor>) => presentConnector(ctx, { ...owner, ...actor }, row, []).verify_token
  expect(as({ role: 'supervisor' })).toBeNull()
  expect(as({ kind: 'api_key', scopes: ['read'] })).toBeNull()
  expect(as({ kind: 'api_key', scopes: ['manage'] })).toBe('chosen-by-ana')
})

import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { connector } from '../../contract/index.ts'
import { startEmulator } from '../../emulator/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { createConnector } from './create-connector.ts'
import { findNumberOwners } from './find-owners.ts'
import { numberConnection, openConnection } from './open-connection.ts'
import { failureOf, firstNumber, metaOnly, pretendMeta } from './testing/pretend-meta.ts'

const emulator = await startEmulator({ host: '127.0.0.1', port: 0, seed: 7 })
const base = await testCtx({ config: { sandboxPort: emulator.port, graphUrl: emulator.url } })
const { ctx, someAccount, someConnector } = pretendMeta(base, emulator.url)
afterAll(async () => {
  await ctx.providers.close()
  await emulator.stop()
})

describe('connecting a number by hand', () => {
  test('takes the four fields and finds the rest at the provider', async () => {
    const {
      connector: made,
      waba_id,
      fields,
      phone,
    } = await someConnector((await seedWorkspace(ctx)).owner, {
      throughput: 1000,
      messaging_limit: 'TIER_2K',
    })
    expect(connector.parse(made)).toEqual(made)
    expect(made).toMatchObject({ provider: 'meta', status: 'ACTIVE', waba_id, verify_token: 'chosen-by-ana' })
    expect(made.webhook_url).toMatch(/\/webhooks\/meta\/[A-Za-z0-9_-]{32}$/)
    expect(made.numbers).toMatchObject([
      {
        phone,
        phone_number_id: fields.phone_number_id,
        throughput: 'HIGH',
        pace_limit_per_second: 1000,
        messaging_limit: 'TIER_2K',
        quality_rating: 'GREEN',
        connected: true,
      },
    ])
  })

  test('subscribes the app and keeps no credential in plain sight', async () => {
    const {
      connector: made,
      fields,
      waba_id,
      app_id,
      owner,
    } = await someConnector((await seedWorkspace(ctx)).owner)
    const connection = metaOnly(await openConnection(ctx, owner.workspaceId, made.id))
    expect(connection).toMatchObject({
      access_token: fields.access_token,
      app_secret: fields.app_secret,
      app_id,
    })
    const apps = await ctx.providers.meta.readSubscribedApps(connection, waba_id)
    expect(apps).toMatchObject({ ok: true, value: [{ app_id }] })
    expect(JSON.stringify(made)).not.toContain(fields.access_token)
    expect(JSON.stringify(made)).not.toContain(fields.app_secret)
    const { rows } = await sql<{
      row: string
    }>`select c::text as row from connectors c where id = ${made.id}`.execute(ctx.db.worker)
    expect(rows[0]?.row).not.toContain(fields.access_token)
  })

  test('writes who did it, without credentials', async () => {
    const { connector: made, owner, fields } = await someConnector((await seedWorkspace(ctx)).owner)
    const { rows } = await sql<{ action: string; actor_id: string; entry: string }>`
      select action, actor_id, a::text as entry from audit_log a where subject_id = ${made.id}`.execute(
      ctx.db.worker,
    )
    expect(rows).toMatchObject([{ action: 'connector.created', actor_id: owner.id }])
    expect(rows[0]?.entry).not.toContain(fields.access_token)
  })

  test.each([
    ['access_token', { access_token: 'EAAwrong' }],
    ['app_secret', { app_secret: 'wrong' }],
    ['phone_number_id', { phone_number_id: '999999999999999' }],
    ['waba_id', { waba_id: '999999999999999' }],
  ])('says that %s is wrong', async (path, change) => {
    const { owner } = await seedWorkspace(ctx)
    const { fields } = await someAccount()
    const error = await failureOf(createConnector(ctx, owner, { ...fields, ...change }))
    expect(error).toMatchObject({ code: 'connector_check_failed', details: { fields: [{ path }] } })
    expect(error.message).toMatch(/\.$/)
  })

  test('names two wrong fields at once', async () => {
    const { owner } = await seedWorkspace(ctx)
    const { fields } = await someAccount()
    const error = await failureOf(
      createConnector(ctx, owner, { ...fields, app_secret: 'x', phone_number_id: '12345' }),
    )
    expect(error.details).toMatchObject({ fields: [{ path: 'app_secret' }, { path: 'phone_number_id' }] })
  })

  test('does not take a number of another token', async () => {
    const { owner } = await seedWorkspace(ctx)
    const [mine, other] = [await someAccount(), await someAccount()]
    const fields = { ...mine.fields, phone_number_id: other.fields.phone_number_id }
    const error = await failureOf(createConnector(ctx, owner, fields))
    expect(error.details).toMatchObject({ fields: [{ path: 'phone_number_id' }] })
  })

  test('a number belongs to one workspace at a time', async () => {
    const first = await someConnector((await seedWorkspace(ctx)).owner)
    const { owner } = await seedWorkspace(ctx)
    const error = await failureOf(createConnector(ctx, owner, first.fields))
    expect(error.code).toBe('number_already_connected')
    expect(error.message).not.toContain(first.owner.workspaceId)
    expect(
      (await findNumberOwners(ctx.db.worker, [first.fields.phone_number_id])).get(
        first.fields.phone_number_id,
      ),
    ).toMatchObject({
      workspace_id: first.owner.workspaceId,
    })
  })

  test('nothing is stored when the provider does not answer', async () => {
    const { owner } = await seedWorkspace(ctx)
    const { fields } = await someAccount()
    const lost: ServerCtx = { ...ctx, config: { ...ctx.config, graphUrl: 'http://127.0.0.1:1' } }
    expect((await failureOf(createConnector(lost, owner, fields))).code).toBe('provider_unreachable')
    expect((await findNumberOwners(ctx.db.worker, [fields.phone_number_id])).size).toBe(0)
  })
})

describe('the sandbox', () => {
  test('gives a connected number with one click', async () => {
    const { owner } = await seedWorkspace(ctx)
    const made = await createConnector(ctx, owner, { provider: 'sandbox', name: 'Try it' })
    expect(made).toMatchObject({ provider: 'sandbox', status: 'ACTIVE' })
    const { connection } = await numberConnection(ctx, owner.workspaceId, firstNumber(made).id)
    expect(connection).toMatchObject({
      provider: 'sandbox',
      graph_url: emulator.url,
      verify_token: made.verify_token,
    })
  })

  test('that is not running is said so', async () => {
    const { owner } = await seedWorkspace(ctx)
    const lost: ServerCtx = { ...ctx, config: { ...ctx.config, sandboxPort: 1 } }
    const error = await failureOf(createConnector(lost, owner, { provider: 'sandbox', name: 'Try it' }))
    expect(error).toMatchObject({ code: 'provider_unreachable' })
  })
})

import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { startEmulator } from '../../emulator/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { checkConnector } from './check-connector.ts'
import { createConnector } from './create-connector.ts'
import { pretendMeta } from './testing/pretend-meta.ts'

const emulator = await startEmulator({ host: '127.0.0.1', port: 0, seed: 7 })
const base = await testCtx({ config: { sandboxPort: emulator.port, graphUrl: emulator.url } })
const { control, ctx, someConnector } = pretendMeta(base, emulator.url)
afterAll(async () => {
  await ctx.providers.close()
  await emulator.stop()
})

describe('the connection doctor', () => {
  const stepsOf = (check: { steps: { name: string; ok: boolean }[] }) =>
    Object.fromEntries(check.steps.map(({ name, ok }) => [name, ok]))

  test('finds a callback that is not set', async () => {
    const { connector: made, owner } = await someConnector((await seedWorkspace(ctx)).owner)
    const check = await checkConnector(ctx, owner, made.id)
    expect(check.verdict).toBe('degraded')
    expect(stepsOf(check)).toMatchObject({
      access_token: true,
      permissions: true,
      app_secret: true,
      number: true,
      subscription: true,
      callback: false,
      last_webhook: false,
    })
    expect(check.steps.find(({ name }) => name === 'callback')?.hint).toContain(made.webhook_url)
  })

  test('is content with a sandbox', async () => {
    const { owner } = await seedWorkspace(ctx)
    const made = await createConnector(ctx, owner, { provider: 'sandbox', name: 'Try it' })
    const check = await checkConnector(ctx, owner, made.id)
    expect(check).toMatchObject({ verdict: 'healthy' })
    expect(check.steps.every(({ ok, hint }) => ok && hint === null)).toBe(true)
  })

  test('finds a token that has expired', async () => {
    const { owner } = await seedWorkspace(ctx)
    const { connector: made, waba_id } = await someConnector(owner)
    await control('PATCH', `/accounts/${waba_id}`, { token_expired: true })
    const check = await checkConnector(ctx, owner, made.id)
    expect(check.verdict).toBe('broken')
    expect(stepsOf(check)).toMatchObject({ access_token: false })
  })

  test('says that the provider does not answer', async () => {
    const { connector: made, owner } = await someConnector((await seedWorkspace(ctx)).owner)
    const lost: ServerCtx = { ...ctx, config: { ...ctx.config, graphUrl: 'http://127.0.0.1:1' } }
    const check = await checkConnector(lost, owner, made.id)
    expect(check.verdict).toBe('broken')
    const { rows } = await sql<{
      status: string
    }>`select status from connectors where id = ${made.id}`.execute(ctx.db.worker)
    expect(rows).toEqual([{ status: 'DEGRADED' }])
  })
})

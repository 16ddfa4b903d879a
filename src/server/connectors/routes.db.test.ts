import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEmulator } from '../../emulator/index.ts'
import { type Actor, createHttpApp } from '../platform/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { registerConnectorRoutes } from './routes.ts'
import { pretendMeta } from './testing/pretend-meta.ts'

const emulator = await startEmulator({ host: '127.0.0.1', port: 0, seed: 7 })
const base = await testCtx({
  config: { sandboxPort: emulator.port, graphUrl: emulator.url, checkResponses: true },
})
const { ctx, someAccount } = pretendMeta(base, emulator.url)
const app = createHttpApp(ctx, { statusOf: (code) => (code === 'not_found' ? 404 : 422) })
let actor: Actor | null = null
app.addHook('preHandler', async (request) => {
  request.actor = actor
})
registerConnectorRoutes(app, ctx)
beforeAll(async () => {
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await ctx.providers.close()
  await emulator.stop()
})

async function call(method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object) {
  const answer = await app.inject({ method, url, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, body: answer.json() }
}

describe('the routes of connectors and numbers', () => {
  test('connect, show, check, disconnect, reconnect, and set a pace', async () => {
    actor = (await seedWorkspace(ctx)).owner
    const { fields } = await someAccount()
    const made = await call('POST', '/connectors', fields)
    expect(made).toMatchObject({ status: 201, body: { provider: 'meta', status: 'ACTIVE' } })
    const { id } = made.body
    expect(await call('GET', `/connectors/${id}`)).toEqual({ status: 200, body: made.body })
    expect(await call('GET', '/connectors')).toMatchObject({ body: { data: [{ id }], next_cursor: null } })
    expect(await call('POST', `/connectors/${id}/check`)).toMatchObject({ status: 200 })
    expect(await call('POST', `/connectors/${id}/disconnect`)).toMatchObject({
      body: { status: 'DISCONNECTED' },
    })
    expect(await call('POST', `/connectors/${id}/reconnect`)).toMatchObject({ body: { status: 'ACTIVE' } })
    const numbers = await call('GET', '/numbers')
    expect(numbers).toMatchObject({ status: 200, body: { data: [{ connector_id: id, connected: true }] } })
    const number = numbers.body.data[0].id
    const paced = await call('PATCH', `/numbers/${number}`, { pace_override_per_second: 7 })
    expect(paced).toMatchObject({ status: 200, body: { pace_override_per_second: 7 } })
    const misspelt = await call('PATCH', `/numbers/${number}`, { pace: 7 })
    expect(misspelt).toMatchObject({ status: 422, body: { error: { code: 'validation_failed' } } })
  })

  test('pages of connectors follow each other', async () => {
    actor = (await seedWorkspace(ctx)).owner
    const ids: string[] = []
    for (const name of ['One', 'Two', 'Three']) {
      ids.unshift((await call('POST', '/connectors', { provider: 'sandbox', name })).body.id)
    }
    const first = await call('GET', '/connectors?limit=2')
    const second = await call('GET', `/connectors?limit=2&cursor=${first.body.next_cursor}`)
    expect([...first.body.data, ...second.body.data].map(({ id }) => id)).toEqual(ids)
    expect(second.body.next_cursor).toBeNull()
  })

  test('what belongs to another workspace is not there', async () => {
    actor = (await seedWorkspace(ctx)).owner
    const { id } = (await call('POST', '/connectors', { provider: 'sandbox', name: 'Mine' })).body
    actor = (await seedWorkspace(ctx)).owner
    expect(await call('GET', `/connectors/${id}`)).toMatchObject({ status: 404 })
    expect(await call('GET', '/connectors')).toMatchObject({ body: { data: [] } })
    expect(await call('GET', '/numbers')).toMatchObject({ body: { data: [] } })
  })
})

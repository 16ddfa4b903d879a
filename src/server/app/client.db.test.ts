import { describe, expect, it } from 'vitest'
import { createParleyClient } from '../../client/index.ts'
import { appendEvents } from '../events/index.ts'
import { seedWorkspace } from '../platform/testing/index.ts'
import { createApiKey } from '../workspaces/index.ts'
import { startTestServer } from './testing/start-test-server.ts'

const { ctx, url } = await startTestServer()

async function connect() {
  const workspace = await seedWorkspace(ctx)
  const { secret } = await createApiKey(ctx, workspace.owner, {
    name: 'client',
    scopes: ['read', 'send', 'manage'],
  })
  return { workspace, client: createParleyClient({ url, apiKey: secret }) }
}

describe('the client', () => {
  it('creates, changes, tests, replays and deletes an endpoint', async () => {
    const { client } = await connect()
    const created = await client.createEndpoint({
      destination_url: 'http://127.0.0.1:41848/',
      events: ['message.received'],
    })
    expect(created.secret).toMatch(/^whsec_/)
    expect((await client.updateEndpoint(created.id, { rate_per_second: 5 })).rate_per_second).toBe(5)
    expect((await client.testEndpoint(created.id)).cause).toBe('test')
    const begun = await client.replay(created.id, { since: new Date(Date.now() - 60_000).toISOString() })
    expect((await client.getReplay(created.id, begun.id)).outcome).toBe('undelivered')
    await client.deleteEndpoint(created.id)
    expect((await client.listEndpoints()).data).toEqual([])
  })

  it('reads the feed from where it stopped', async () => {
    const { client, workspace } = await connect()
    const data = {
      instance_id: `num_${'1'.repeat(32)}`,
      instance_name: 'A',
      contact_id: `ctc_${'1'.repeat(32)}`,
    }
    const more = { from: '+1', conversation_id: `cnv_${'1'.repeat(32)}` }
    const one = { type: 'conversation.opened' as const, at: new Date(), data: { ...data, ...more } }
    const append = () =>
      ctx.db.inWorkspace(workspace.workspaceId, (tx) => appendEvents(tx, workspace.workspaceId, [one]))
    const [first] = await append()
    const page = await client.readEvents()
    expect(page.events).toMatchObject([{ event: 'conversation.opened', id: first }])
    const [second] = await append()
    const next = await client.readEvents({ cursor: page.next_cursor ?? '' })
    expect(next.events.map((event) => event.id)).toEqual([second])
  })

  it('throws what the hub says, with its code', async () => {
    const { client } = await connect()
    await expect(client.getMessage(`msg_${'0'.repeat(32)}`)).rejects.toMatchObject({
      name: 'ParleyApiError',
      status: 404,
      code: 'not_found',
    })
    const stranger = createParleyClient({ url, apiKey: 'wrong' })
    await expect(stranger.listEndpoints()).rejects.toMatchObject({ status: 401, code: 'unauthorized' })
  })
})

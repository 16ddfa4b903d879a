import { sql } from 'kysely'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { CreateEndpoint } from '../../contract/index.ts'
import { appendEvents } from '../events/index.ts'
import { type SeededWorkspace, seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createEndpoint } from './create-endpoint.ts'
import { startReceivers, watchEndpoints } from './testing/index.ts'
import { updateEndpoint } from './update-endpoint.ts'
import { startWebhooksWorker } from './worker.ts'

const ctx = await testCtx()
const { change, healthOf } = watchEndpoints(ctx)
const { receiver: startReceiver } = startReceivers()
const workers: { stop(): Promise<void> }[] = []

afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop()
})

async function endpointAt(workspace: SeededWorkspace, url: string, more: Partial<CreateEndpoint> = {}) {
  return createEndpoint(ctx, workspace.owner, {
    destination_url: url,
    events: ['message.received'],
    format: 'normalized',
    ...more,
  })
}

async function append(workspace: SeededWorkspace, count: number): Promise<void> {
  const events = Array.from({ length: count }, (_, n) => ({
    type: 'message.received' as const,
    at: new Date(),
    data: { n },
  }))
  await ctx.db.inWorkspace(workspace.workspaceId, (tx) => appendEvents(tx, workspace.workspaceId, events))
}

describe('the health of an endpoint', () => {
  it('says how many attempts of today and yesterday succeeded, and what went wrong last', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await startReceiver()
    const endpoint = await endpointAt(workspace, receiver.url)
    workers.push(startWebhooksWorker(ctx))
    await append(workspace, 3)
    const recent = async () => (await healthOf(workspace, endpoint.id)).recent_attempts
    await vi.waitFor(async () => expect(await recent()).toEqual({ succeeded: 3, failed: 0 }))
    receiver.answer = { status: 503 }
    await append(workspace, 1)
    await vi.waitFor(async () => expect(await recent()).toEqual({ succeeded: 3, failed: 1 }))
    expect(await healthOf(workspace, endpoint.id)).toMatchObject({
      health: 'failing',
      last_error: { kind: 'http', message: 'The receiver answered 503.' },
      next_probe_at: null,
      disabled_at: null,
    })

    await change(endpoint.id, sql`day = day - 1`)
    expect(await recent()).toEqual({ succeeded: 3, failed: 1 })
    receiver.answer = { status: 200 }
    await append(workspace, 2)
    await vi.waitFor(async () => expect(await recent()).toEqual({ succeeded: 5, failed: 1 }))
    await change(endpoint.id, sql`day = day - 2`)
    expect(await recent()).toEqual({ succeeded: 0, failed: 0 })
  })

  it('says when it was disabled, and when it is tried next', async () => {
    const workspace = await seedWorkspace(ctx)
    const endpoint = await endpointAt(workspace, 'http://127.0.0.1:41849/')
    await change(endpoint.id, sql`probe_at = now() + interval '20 seconds'`)
    const resting = await healthOf(workspace, endpoint.id)
    expect(resting.health).toBe('resting')
    expect(Date.parse(resting.next_probe_at ?? '')).toBeGreaterThan(Date.now())
    const off = await updateEndpoint(ctx, workspace.owner, endpoint.id, { enabled: false })
    expect(off).toMatchObject({ health: 'disabled', next_probe_at: null })
    expect(off.disabled_at).not.toBeNull()
    const on = await updateEndpoint(ctx, workspace.owner, endpoint.id, { enabled: true })
    expect(on).toMatchObject({ health: 'working', disabled_at: null, disabled_reason: null })
  })

  it('in format gupshup names the endpoints that took its delivery events over', async () => {
    const workspace = await seedWorkspace(ctx)
    const save = (name: string) =>
      endpointAt(workspace, 'http://127.0.0.1:41849/', {
        format: 'gupshup',
        events: ['message.delivered'],
        name,
      })
    const [first, second] = [await save('First'), await save('Second')]
    expect(second.warning).toContain('First no longer receives them')
    expect((await healthOf(workspace, first.id)).overtaken_by).toEqual(['Second'])
    expect((await healthOf(workspace, second.id)).overtaken_by).toEqual([])
  })
})

import { sql } from 'kysely'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { appendEvents } from '../events/index.ts'
import { type SeededWorkspace, seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createEndpoint } from './create-endpoint.ts'
import { selectAttempts } from './queries-deliveries.ts'
import { sendTestEvent } from './send-test-event.ts'
import { startReceivers, watchEndpoints } from './testing/index.ts'
import { startWebhooksWorker } from './worker.ts'

const ctx = await testCtx()
const { change, deliveriesOf, healthOf } = watchEndpoints(ctx)
const start = startReceivers()
const workers: { stop(): Promise<void> }[] = []

afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop()
})

function startWorker(): void {
  workers.push(startWebhooksWorker(ctx))
}

async function endpointAt(workspace: SeededWorkspace, url: string) {
  return createEndpoint(ctx, workspace.owner, {
    destination_url: url,
    events: ['message.received'],
    format: 'normalized',
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

describe('the breaker', () => {
  it('opens after ten attempts of which most failed; what waits uses up no attempt', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await start.receiver({ status: 500 })
    const endpoint = await endpointAt(workspace, receiver.url)
    await append(workspace, 40)
    startWorker()
    await vi.waitFor(async () => expect((await healthOf(workspace, endpoint.id)).health).toBe('resting'))
    await new Promise((resolve) => setTimeout(resolve, 600))
    const untouched = await vi.waitFor(async () => {
      const rows = (await deliveriesOf(workspace)).filter((row) => row.attempts === 0)
      expect(rows).toHaveLength(40 - receiver.requests.length)
      return rows
    })
    expect(untouched.length).toBeGreaterThan(20)
    expect(untouched.length).toBeLessThanOrEqual(30)
    expect(untouched.every((row) => row.state === 'pending')).toBe(true)
  })

  it('sends one probe when it is time; a failed one leaves its delivery as it was', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await start.receiver({ status: 500 })
    const endpoint = await endpointAt(workspace, receiver.url)
    await append(workspace, 5)
    await change(endpoint.id, sql`probe_at = now()`)
    startWorker()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1))
    await vi.waitFor(async () =>
      expect((await deliveriesOf(workspace)).filter((row) => row.last_http_status === 500)).toHaveLength(1),
    )
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(receiver.requests).toHaveLength(1)
    const rows = await deliveriesOf(workspace)
    expect(rows.every((row) => row.attempts === 0 && row.state === 'pending')).toBe(true)
    const probed = rows.find((row) => row.last_http_status === 500)
    expect(await selectAttempts(ctx.db.worker, workspace.workspaceId, probed?.id ?? '')).toMatchObject([
      { n: 1 },
    ])
    expect((await healthOf(workspace, endpoint.id)).health).toBe('resting')
  })

  it('closes at the first probe that succeeds, and everything goes out', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await start.receiver()
    const endpoint = await endpointAt(workspace, receiver.url)
    await append(workspace, 30)
    await change(endpoint.id, sql`probe_at = now(), failures_in_a_row = 50, first_failure_at = now()`)
    startWorker()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(30))
    await vi.waitFor(async () =>
      expect(await healthOf(workspace, endpoint.id)).toMatchObject({
        health: 'working',
        failing_since: null,
      }),
    )
  })

  it('tries another delivery with each probe: one that is never taken does not hold the endpoint at rest', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await start.receiver()
    receiver.answerTo = (body) => ({ status: body.includes('"n": 0') || body.includes('"n":0') ? 500 : 200 })
    const endpoint = await endpointAt(workspace, receiver.url)
    await append(workspace, 6)
    await change(endpoint.id, sql`probe_at = now(), failures_in_a_row = 50, first_failure_at = now()`)
    startWorker()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1))
    await vi.waitFor(async () =>
      expect((await healthOf(workspace, endpoint.id)).last_error?.kind).toBe('http'),
    )
    await change(endpoint.id, sql`probe_at = now()`)
    await vi.waitFor(async () =>
      expect((await deliveriesOf(workspace)).filter((row) => row.state === 'delivered')).toHaveLength(5),
    )
  })

  it('F08 stays open as long as the receiver asks', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await start.receiver({ status: 503, headers: { 'retry-after': '3600' } })
    const endpoint = await endpointAt(workspace, receiver.url)
    await append(workspace, 1)
    await change(endpoint.id, sql`probe_at = now()`)
    startWorker()
    await vi.waitFor(async () =>
      expect((await deliveriesOf(workspace))[0]).toMatchObject({ last_http_status: 503, attempts: 0 }),
    )
    const { next_probe_at } = await healthOf(workspace, endpoint.id)
    expect(Date.parse(next_probe_at ?? '')).toBeGreaterThan(Date.now() + 3_500_000)
  })

  it('is tried at once when somebody sends a test event', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await start.receiver()
    const endpoint = await endpointAt(workspace, receiver.url)
    await append(workspace, 3)
    await change(endpoint.id, sql`probe_at = now() + interval '1 hour', failures_in_a_row = 50`)
    startWorker()
    await sendTestEvent(ctx, workspace.owner, endpoint.id)
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(4))
    await vi.waitFor(async () => expect((await healthOf(workspace, endpoint.id)).health).toBe('working'))
  })
})

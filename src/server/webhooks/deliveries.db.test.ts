import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { sql } from 'kysely'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type CreateEndpoint, deliveryId } from '../../contract/index.ts'
import { appendEvents } from '../events/index.ts'
import { type SeededWorkspace, seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createEndpoint } from './create-endpoint.ts'
import { selectAttempts } from './queries-deliveries.ts'
import { readDelivery } from './read-delivery.ts'
import { startReceivers, watchEndpoints } from './testing/index.ts'
import { selfSigned } from './testing/self-signed.ts'
import { updateEndpoint } from './update-endpoint.ts'
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

async function endpointAt(workspace: SeededWorkspace, url: string, more: Partial<CreateEndpoint> = {}) {
  return createEndpoint(ctx, workspace.owner, {
    destination_url: url,
    events: ['message.received'],
    format: 'normalized',
    ...more,
  })
}

async function append(workspace: SeededWorkspace, contacts: readonly string[]): Promise<void> {
  const events = contacts.map((contact, n) => ({
    type: 'message.received' as const,
    at: new Date(),
    contact_id: contact,
    data: { n, contact },
  }))
  await ctx.db.inWorkspace(workspace.workspaceId, (tx) => appendEvents(tx, workspace.workspaceId, events))
}

function many(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `ctc_${n}`)
}

it('the log says where each attempt went, whatever the address is now', async () => {
  const workspace = await seedWorkspace(ctx)
  const before = await start.receiver({ status: 500 })
  const endpoint = await endpointAt(workspace, before.url)
  await append(workspace, many(1))
  startWorker()
  await vi.waitFor(() => expect(before.requests).toHaveLength(1))
  const after = await start.receiver()
  await updateEndpoint(ctx, workspace.owner, endpoint.id, { name: 'Shop' })
  await updateEndpoint(ctx, workspace.owner, endpoint.id, { destination_url: after.url })
  const [found] = await deliveriesOf(workspace)
  const detail = () => readDelivery(ctx, workspace.workspaceId, deliveryId.parse(found?.id))
  await vi.waitFor(async () => expect((await detail()).state).toBe('delivered'))
  await updateEndpoint(ctx, workspace.owner, endpoint.id, { destination_url: 'http://127.0.0.1:41849/later' })
  const { destination_url, log } = await detail()
  expect(log.map((attempt) => attempt.destination_url)).toEqual([before.url, after.url])
  expect(destination_url).toBe(after.url)
})

describe('an endpoint that only fails', () => {
  it('is disabled after five days, with the reason; enabled again it begins anew', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await start.receiver({ status: 500 })
    const endpoint = await endpointAt(workspace, receiver.url)
    await append(workspace, many(1))
    await change(
      endpoint.id,
      sql`first_failure_at = now() - interval '5 days 1 minute', failures_in_a_row = 19`,
    )
    startWorker()
    await vi.waitFor(async () => expect((await healthOf(workspace, endpoint.id)).health).toBe('disabled'))
    expect((await healthOf(workspace, endpoint.id)).disabled_reason).toMatch(/last 5 days failed/)
    await append(workspace, many(1))
    expect(await deliveriesOf(workspace)).toHaveLength(1)
    const enabled = await updateEndpoint(ctx, workspace.owner, endpoint.id, { enabled: true })
    expect(enabled).toMatchObject({ health: 'working', disabled_reason: null, failing_since: null })
  })

  it('stays enabled while it is younger than that, or has tried less often', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await start.receiver({ status: 500 })
    const [young, idle] = [
      await endpointAt(workspace, receiver.url),
      await endpointAt(workspace, receiver.url),
    ]
    await change(young.id, sql`first_failure_at = now() - interval '4 days 23 hours', failures_in_a_row = 90`)
    await change(idle.id, sql`first_failure_at = now() - interval '9 days', failures_in_a_row = 18`)
    await append(workspace, many(1))
    startWorker()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(2))
    await vi.waitFor(async () =>
      expect((await deliveriesOf(workspace)).every((row) => row.attempts === 1)).toBe(true),
    )
    expect((await healthOf(workspace, young.id)).enabled).toBe(true)
    expect((await healthOf(workspace, idle.id)).enabled).toBe(true)
  })
})

describe('an endpoint with wishes', () => {
  it('gets no more than its rate', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await start.receiver()
    await endpointAt(workspace, receiver.url, { rate_per_second: 20 })
    await append(workspace, many(21))
    startWorker()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(21))
    const times = receiver.requests.map((request) => request.atMs)
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(900)
  })

  it('hears of a contact in order, one after the other; other contacts do not wait', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await start.receiver({ status: 200, afterMs: 10 })
    await endpointAt(workspace, receiver.url, { ordered: true })
    await append(workspace, ['a', 'a', 'b', 'a', 'b', 'a', 'a', 'b', 'a', 'a'])
    startWorker()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(10))
    const heard = receiver.requests.map(
      ({ body }) => JSON.parse(body.toString()) as { n: number; contact: string },
    )
    for (const contact of ['a', 'b']) {
      const order = heard.filter((event) => event.contact === contact).map((event) => event.n)
      expect(order).toEqual(order.toSorted((x, y) => x - y))
    }
  })

  it('an order is kept through a retry: the contact waits, the others go on', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await start.receiver({ status: 500 })
    await endpointAt(workspace, receiver.url, { ordered: true })
    await append(workspace, ['a', 'a'])
    startWorker()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1))
    receiver.answer = { status: 200 }
    await append(workspace, ['b'])
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(2))
    // The receiver has heard it a moment before it is written down.
    await vi.waitFor(async () => {
      const waiting = (await deliveriesOf(workspace)).filter((row) => row.state === 'pending')
      expect(waiting.map((row) => row.attempts).toSorted()).toEqual([0, 1])
    })
  })
})

describe('T16: a hostile receiver', () => {
  it.each([
    ['drips one byte at a time', 'timeout', drip],
    ['sends 100,000 headers', 'protocol', floodHeaders],
    ['breaks off', 'reset', (socket: Socket) => socket.destroy()],
  ])('that %s is a failed attempt called %s', async (_, kind, behave) => {
    const workspace = await seedWorkspace(ctx)
    await endpointAt(workspace, await start.raw(behave))
    await append(workspace, many(1))
    startWorker()
    await vi.waitFor(async () => expect((await deliveriesOf(workspace))[0]?.last_error_kind).toBe(kind))
  })

  it('that answers a huge body has delivered; 8 KiB of it are kept', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await start.receiver({ status: 200, body: Buffer.alloc(5_000_000, 'a') })
    await endpointAt(workspace, receiver.url)
    await append(workspace, many(1))
    startWorker()
    await vi.waitFor(async () => expect((await deliveriesOf(workspace))[0]?.state).toBe('delivered'))
    const [row] = await deliveriesOf(workspace)
    const [attempt] = await selectAttempts(ctx.db.worker, workspace.workspaceId, row?.id ?? '')
    expect(attempt?.response_body).toHaveLength(8192)
  })

  it('with a certificate of its own making is refused, and the log says so', async () => {
    const workspace = await seedWorkspace(ctx)
    const url = await start.server(
      createTlsServer(selfSigned, (_, response) => response.end()),
      'https',
    )
    await endpointAt(workspace, url)
    await append(workspace, many(1))
    startWorker()
    await vi.waitFor(async () => expect((await deliveriesOf(workspace))[0]?.last_error_kind).toBe('tls'))
    const [row] = await deliveriesOf(workspace)
    const detail = await readDelivery(ctx, workspace.workspaceId, deliveryId.parse(row?.id))
    expect(detail.last_error?.advice).toMatch(/certificate/)
  })
})

it('T18: an endpoint disabled in the middle of its backlog gets no more', async () => {
  const workspace = await seedWorkspace(ctx)
  const receiver = await start.receiver({ status: 200, afterMs: 5 })
  const endpoint = await endpointAt(workspace, receiver.url)
  await append(workspace, many(1500))
  startWorker()
  await vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThan(20))
  await updateEndpoint(ctx, workspace.owner, endpoint.id, { enabled: false })
  await vi.waitFor(async () => {
    const heard = receiver.requests.length
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(receiver.requests.length).toBe(heard)
  })
  expect(receiver.requests.length).toBeLessThan(1500)
})

it('T19: what a receiver answers is kept as text, cut and without NUL', async () => {
  const workspace = await seedWorkspace(ctx)
  const body = Buffer.from(`<script>alert(1)</script>\0\xff${'x'.repeat(20_000)}`, 'latin1')
  const receiver = await start.receiver({
    status: 500,
    body,
    headers: { 'content-type': 'text/html', 'set-cookie': 'a=b' },
  })
  await endpointAt(workspace, receiver.url)
  await append(workspace, many(1))
  startWorker()
  await vi.waitFor(async () => expect((await deliveriesOf(workspace))[0]?.attempts).toBe(1))
  const [row] = await deliveriesOf(workspace)
  const { log } = await readDelivery(ctx, workspace.workspaceId, deliveryId.parse(row?.id))
  expect(log[0]?.response_body).toHaveLength(8192)
  expect(log[0]?.response_body).not.toContain('\0')
  expect(log[0]?.response_headers).not.toHaveProperty('set-cookie')
})

function drip(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n')
  const timer = setInterval(() => socket.write('a'), 200)
  socket.on('close', () => clearInterval(timer))
}

function floodHeaders(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\n')
  socket.write(Array.from({ length: 100_000 }, (_, index) => `x-${index}: y\r\n`).join(''))
}

import { sql } from 'kysely'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { verifyWebhook } from '../../client/index.ts'
import { deliveryId, type Endpoint, type EventType, endpointId } from '../../contract/index.ts'
import { appendEvent } from '../events/index.ts'
import { type SeededWorkspace, seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createEndpoint } from './create-endpoint.ts'
import { deleteEndpoint } from './delete-endpoint.ts'
import { selectAttempts, selectDeliveries } from './queries-deliveries.ts'
import { readDelivery } from './read-delivery.ts'
import { replayDelivery } from './replay-delivery.ts'
import { endRotation, rotateSecret } from './rotate-secret.ts'
import { sendTestEvent } from './send-test-event.ts'
import { startReceivers } from './testing/index.ts'
import { updateEndpoint } from './update-endpoint.ts'
import { startWebhooksWorker } from './worker.ts'

const ctx = await testCtx()
const { receiver: startReceiver } = startReceivers()
const workers: { stop(): Promise<void> }[] = []

afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop()
})

function startWorker(): void {
  workers.push(startWebhooksWorker(ctx))
}

function append(workspace: SeededWorkspace, type: EventType = 'message.received') {
  return ctx.db.inWorkspace(workspace.workspaceId, (tx) =>
    appendEvent(tx, workspace.workspaceId, {
      type,
      at: new Date('2026-05-07T10:00:00.123Z'),
      data: { message_text: 'Olá' },
    }),
  )
}

async function endpointAt(
  workspace: SeededWorkspace,
  url: string,
  events: EventType[] = ['message.received'],
) {
  return createEndpoint(ctx, workspace.owner, { destination_url: url, events, format: 'normalized' })
}

function deliveriesOf(workspace: SeededWorkspace) {
  return selectDeliveries(ctx.db.worker, workspace.workspaceId, { before: null, limit: 100 })
}

function secretOf(endpoint: Endpoint): string {
  if (endpoint.secret === undefined) throw new Error('The secret was not shown.')
  return endpoint.secret
}

describe('webhooks', () => {
  it('an event reaches the endpoint that asked for it, once, signed and with the common fields', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await startReceiver()
    const endpoint = await endpointAt(workspace, receiver.url)
    const event = await append(workspace)
    await append(workspace, 'message.read')
    startWorker()
    await vi.waitFor(async () =>
      expect((await deliveriesOf(workspace)).map((row) => row.state)).toEqual(['delivered']),
    )
    expect(receiver.requests).toHaveLength(1)
    const [request] = receiver.requests
    if (request === undefined) throw new Error('No request came.')
    expect(verifyWebhook(secretOf(endpoint), request.body, request.headers)).toEqual({
      event: 'message.received',
      id: event,
      workspace_id: workspace.workspaceId,
      timestamp: '2026-05-07T10:00:00Z',
      message_text: 'Olá',
    })
    expect(request.headers['webhook-id']).toBe(event)
  })

  it('a change that is rolled back leaves neither event nor delivery', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await startReceiver()
    await endpointAt(workspace, receiver.url)
    const change = ctx.db.inWorkspace(workspace.workspaceId, async (tx) => {
      await appendEvent(tx, workspace.workspaceId, { type: 'message.received', at: new Date(), data: {} })
      throw new Error('The change failed.')
    })
    await expect(change).rejects.toThrow('The change failed.')
    expect(await deliveriesOf(workspace)).toEqual([])
  })

  it('events of one workspace go to no endpoint of another', async () => {
    const [one, other] = [await seedWorkspace(ctx), await seedWorkspace(ctx)]
    const receiver = await startReceiver()
    await endpointAt(other, receiver.url)
    await append(one)
    expect(await deliveriesOf(other)).toEqual([])
  })

  it('a failed attempt is kept with its answer and tried again later', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await startReceiver()
    receiver.answer = { status: 503, headers: { 'retry-after': '120' } }
    await endpointAt(workspace, receiver.url)
    await append(workspace)
    startWorker()
    await vi.waitFor(async () => expect((await deliveriesOf(workspace))[0]?.attempts).toBe(1))
    const [delivery] = await deliveriesOf(workspace)
    expect(delivery).toMatchObject({ state: 'pending', last_http_status: 503, last_error_kind: 'http' })
    expect((delivery?.next_at.getTime() ?? 0) - Date.now()).toBeGreaterThan(100_000)
    const attempts = await selectAttempts(ctx.db.worker, workspace.workspaceId, delivery?.id ?? '')
    expect(attempts).toMatchObject([{ n: 1, http_status: 503, response_body: 'thanks' }])
  })

  it('F08: 410 disables the endpoint at once and says why', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await startReceiver()
    receiver.answer = { status: 410 }
    const endpoint = await endpointAt(workspace, receiver.url)
    for (let n = 0; n < 12; n++) await append(workspace)
    startWorker()
    await vi.waitFor(async () =>
      expect((await deliveriesOf(workspace)).map((one) => one.state)).toContain('failed'),
    )
    // Two are on their way before the first answer.
    expect(receiver.requests.length).toBeLessThanOrEqual(2)
    const row = await updateEndpoint(ctx, workspace.owner, endpointId.parse(endpoint.id), { name: 'Same' })
    expect(row).toMatchObject({ enabled: false, disabled_reason: expect.stringMatching(/410 Gone/) })
    expect(
      (await updateEndpoint(ctx, workspace.owner, endpoint.id, { enabled: true })).disabled_reason,
    ).toBeNull()
  })

  it('T14: a redirect is never followed', async () => {
    const workspace = await seedWorkspace(ctx)
    const [receiver, target] = [await startReceiver(), await startReceiver()]
    receiver.answer = { status: 307, headers: { location: target.url } }
    await endpointAt(workspace, receiver.url)
    await append(workspace)
    startWorker()
    await vi.waitFor(async () => expect((await deliveriesOf(workspace))[0]?.last_error_kind).toBe('redirect'))
    expect(target.requests).toEqual([])
  })

  it('T17: a dead endpoint keeps no other waiting', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await startReceiver()
    await endpointAt(workspace, 'http://127.0.0.1:41849/nobody-listens')
    await endpointAt(workspace, receiver.url)
    for (let i = 0; i < 20; i++) await append(workspace)
    startWorker()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(20))
  })

  it('T18: after a rotation both secrets verify; after deletion nothing is sent any more', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await startReceiver()
    const endpoint = await endpointAt(workspace, receiver.url)
    const rotated = await rotateSecret(ctx, workspace.owner, endpoint.id)
    await append(workspace)
    startWorker()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1))
    for (const secret of [secretOf(endpoint), secretOf(rotated)]) {
      const [request] = receiver.requests
      expect(verifyWebhook(secret, request?.body ?? '', request?.headers ?? {})).toMatchObject({
        message_text: 'Olá',
      })
    }
    await deleteEndpoint(ctx, workspace.owner, endpoint.id)
    await append(workspace)
    expect(await deliveriesOf(workspace)).toEqual([])
  })

  it('T18: a rotation says when its overlap ends; it can be none, or be ended at once', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await startReceiver()
    const endpoint = await endpointAt(workspace, receiver.url)
    const hoursLeft = ({ previous_secret_until: until }: Endpoint) =>
      until === null ? null : Math.round((Date.parse(until) - Date.now()) / 3_600_000)
    const rotate = async (hours?: number) =>
      hoursLeft(
        await rotateSecret(
          ctx,
          workspace.owner,
          endpoint.id,
          hours === undefined ? null : { overlap_hours: hours },
        ),
      )
    expect(hoursLeft(endpoint)).toBeNull()
    expect(await rotate()).toBe(24)
    expect(await rotate(7 * 24)).toBe(168)
    const ended = await endRotation(ctx, workspace.owner, endpoint.id)
    expect(ended).toMatchObject({ previous_secret_until: null })
    expect(ended.secret).toBeUndefined()
    expect(await rotate(0)).toBeNull()
    await append(workspace)
    startWorker()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1))
    expect(receiver.requests[0]?.headers['webhook-signature']).not.toContain(' ')
  })

  it('a replay is a delivery of its own with the same webhook-id', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await startReceiver()
    await endpointAt(workspace, receiver.url)
    await append(workspace)
    startWorker()
    await vi.waitFor(async () => expect((await deliveriesOf(workspace))[0]?.state).toBe('delivered'))
    const [first] = await deliveriesOf(workspace)
    await replayDelivery(ctx, workspace.owner, deliveryId.parse(first?.id))
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(2))
    expect(new Set(receiver.requests.map((request) => request.headers['webhook-id'])).size).toBe(1)
    expect((await deliveriesOf(workspace)).map((row) => row.cause).toSorted()).toEqual(['event', 'replay'])
  })

  it('a test event is sent and stands in no diary', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await startReceiver()
    const endpoint = await endpointAt(workspace, receiver.url)
    await sendTestEvent(ctx, workspace.owner, endpoint.id)
    startWorker()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1))
    expect(JSON.parse(receiver.requests[0]?.body.toString() ?? '')).toMatchObject({
      event: 'message.received',
      test: true,
    })
    const { rows } = await sql`select id from events where workspace_id = ${workspace.workspaceId}`.execute(
      ctx.db.worker,
    )
    expect(rows).toEqual([])
  })
})

it('T19: what a receiver answers is kept as text, cut at 8 KiB, whatever it says it is', async () => {
  const workspace = await seedWorkspace(ctx)
  const page = `<script>alert(1)</script>\u0000${'é'.repeat(10_000)}`
  const receiver = await startReceiver({
    status: 500,
    headers: { 'content-type': 'text/html', 'set-cookie': 'session=secret', 'x-request-id': 'r1' },
    body: page,
  })
  await endpointAt(workspace, receiver.url)
  await append(workspace)
  startWorker()
  await vi.waitFor(async () => expect((await deliveriesOf(workspace))[0]?.last_http_status).toBe(500))
  const [row] = await deliveriesOf(workspace)
  const detail = await readDelivery(ctx, workspace.workspaceId, deliveryId.parse(row?.id))
  const [attempt] = detail.log
  expect(attempt?.response_body?.startsWith('<script>alert(1)</script>\uFFFDé')).toBe(true)
  expect(Buffer.byteLength(attempt?.response_body ?? '')).toBeLessThanOrEqual(8192 + 2)
  expect(attempt?.response_headers).toMatchObject({ 'content-type': 'text/html', 'x-request-id': 'r1' })
  expect(JSON.stringify(attempt)).not.toContain('session=secret')
})

describe('T12: an address inside the network', () => {
  it('is refused when it is saved, naming the field', async () => {
    const workspace = await seedWorkspace(ctx)
    // Literal addresses are refused by looking at them; nothing is sent.
    const guarded = await testCtx({ config: { allowPrivateWebhooks: false } })
    const outside = await seedWorkspace(guarded)
    const attempt = createEndpoint(guarded, outside.owner, {
      destination_url: 'http://127.0.0.1/hook',
      events: ['message.received'],
      format: 'normalized',
    })
    await expect(attempt).rejects.toMatchObject({
      code: 'destination_refused',
      details: { fields: [{ path: 'destination_url' }] },
    })
    expect(await deliveriesOf(workspace)).toEqual([])
  })
})

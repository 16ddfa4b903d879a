import { sql } from 'kysely'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type CreateEndpoint, deliveryId, type EventType, numberId } from '../../contract/index.ts'
import { appendEvent } from '../events/index.ts'
import { type SeededWorkspace, seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createEndpoint } from './create-endpoint.ts'
import { selectDeliveries } from './queries-deliveries.ts'
import { readDelivery } from './read-delivery.ts'
import { startReceivers } from './testing/index.ts'
import { updateEndpoint } from './update-endpoint.ts'
import { startWebhooksWorker } from './worker.ts'

const ctx = await testCtx()
const { receiver: startReceiver } = startReceivers()
const workers: { stop(): Promise<void> }[] = []
const statusTypes = ['message.sent', 'message.delivered', 'message.status_updated'] satisfies EventType[]

afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop()
})

/** A connector of its own with one number. */
async function seedNumber(workspace: SeededWorkspace): Promise<{ number: string; phone: string }> {
  const [connector, number] = [ctx.random.id('con'), ctx.random.id('num')]
  const phone = `5980${Math.floor(ctx.random.number() * 1e8)}`
  await ctx.db.asWorker(async (tx) => {
    await sql`
      insert into connectors (workspace_id, id, provider, name, key, app_name, app_id, credentials_sealed)
      values (${workspace.workspaceId}, ${connector}, 'gupshup', 'Shop', ${connector}, 'ShopApp', 'app-1', ''::bytea)`.execute(
      tx,
    )
    await sql`
      insert into numbers (workspace_id, id, connector_id, phone_number_id, display_phone_number, phone)
      values (${workspace.workspaceId}, ${number}, ${connector}, ${number}, ${phone}, ${phone})`.execute(tx)
  })
  return { number, phone }
}

function endpointAt(workspace: SeededWorkspace, more: Partial<CreateEndpoint>) {
  return createEndpoint(ctx, workspace.owner, {
    destination_url: 'http://127.0.0.1:41849/',
    events: [...statusTypes],
    format: 'gupshup',
    ...more,
  })
}

function appendStatus(
  workspace: SeededWorkspace,
  number: string,
  type: EventType = 'message.sent',
  more = {},
) {
  return ctx.db.inWorkspace(workspace.workspaceId, (tx) =>
    appendEvent(tx, workspace.workspaceId, {
      type,
      at: new Date('2026-05-07T10:00:00Z'),
      number_id: number,
      ...more,
      data: { to: '+5989', message_id: 'msg_1', external_message_id: 'wamid.1', status: 'sent' },
    }),
  )
}

async function targets(workspace: SeededWorkspace): Promise<string[]> {
  const rows = await selectDeliveries(ctx.db.worker, workspace.workspaceId, { before: null, limit: 100 })
  return rows.map((row) => row.endpoint_id).toReversed()
}

describe('delivery events in format gupshup', () => {
  it('arrive in the console form, with the phone of the number and no envelope', async () => {
    const workspace = await seedWorkspace(ctx)
    const { number, phone } = await seedNumber(workspace)
    const receiver = await startReceiver()
    await endpointAt(workspace, { destination_url: receiver.url })
    await appendStatus(workspace, number)
    workers.push(startWebhooksWorker(ctx))
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1))
    expect(JSON.parse(receiver.requests[0]?.body.toString() ?? '')).toEqual({
      srcAddr: phone,
      channel: 'WHATSAPP',
      externalId: 'wamid.1',
      cause: 'SENT',
      errorCode: '025',
      destAddr: '5989',
      eventType: 'SENT',
      eventTs: 1778148000000,
    })
  })

  it('go to the endpoint saved last, which is warned of the one before; other connectors keep theirs', async () => {
    const workspace = await seedWorkspace(ctx)
    const [a, b] = [await seedNumber(workspace), await seedNumber(workspace)]
    const all = await endpointAt(workspace, { name: 'first' })
    expect(all.warning).toBeUndefined()
    const onlyA = await endpointAt(workspace, { name: 'second', number_id: numberId.parse(a.number) })
    expect(onlyA.warning).toMatch(/first no longer receives/)
    await appendStatus(workspace, a.number)
    await appendStatus(workspace, b.number)
    expect(await targets(workspace)).toEqual([onlyA.id, all.id])
    const saved = await updateEndpoint(ctx, workspace.owner, all.id, { name: 'first again' })
    expect(saved.warning).toMatch(/second no longer receives/)
    await appendStatus(workspace, a.number)
    expect((await targets(workspace)).at(-1)).toBe(all.id)
  })

  it('are heard once by an endpoint that asked for the status and for every status', async () => {
    const workspace = await seedWorkspace(ctx)
    const { number } = await seedNumber(workspace)
    await endpointAt(workspace, {})
    await appendStatus(workspace, number, 'message.sent')
    await appendStatus(workspace, number, 'message.status_updated')
    expect(await targets(workspace)).toHaveLength(1)
  })

  it('types without a form are named when the endpoint is saved, and not sent', async () => {
    const workspace = await seedWorkspace(ctx)
    const { number } = await seedNumber(workspace)
    const endpoint = await endpointAt(workspace, { events: ['message.received', 'list.started'] })
    expect(endpoint.warning).toMatch(/no form for message.received, list.started/)
    await appendStatus(workspace, number, 'message.received')
    expect(await targets(workspace)).toEqual([])
  })
})

it('types that concern no number are named when an endpoint for one number is saved', async () => {
  const workspace = await seedWorkspace(ctx)
  const { number } = await seedNumber(workspace)
  const events: EventType[] = ['message.sent', 'template.status_updated', 'account.status_updated']
  const one = await endpointAt(workspace, { events, number_id: numberId.parse(number) })
  expect(one.warning).toMatch(/^template.status_updated, account.status_updated concern a whole account/)
  expect((await endpointAt(workspace, { events, format: 'normalized' })).warning).toBeUndefined()
})

describe('format meta', () => {
  it('passes on the webhook that told the status; without one nothing is sent', async () => {
    const workspace = await seedWorkspace(ctx)
    const { number } = await seedNumber(workspace)
    const receiver = await startReceiver()
    await endpointAt(workspace, { destination_url: receiver.url, format: 'meta', events: ['message.sent'] })
    const body = '{"entry":[{"changes":[{"value":{"statuses":[{"id":"wamid.1","status":"sent"}]}}]}]}'
    const log = ctx.random.id('inl')
    await sql`
      insert into inbound_logs (id, workspace_id, source, partition, body, body_bytes, sha256)
      values (${log}, ${workspace.workspaceId}, 'meta', 0, ${Buffer.from(body)}, ${body.length}, ''::bytea)`.execute(
      ctx.db.worker,
    )
    await appendStatus(workspace, number)
    await appendStatus(workspace, number, 'message.sent', { inbound_log_id: log })
    workers.push(startWebhooksWorker(ctx))
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1))
    expect(receiver.requests[0]?.body.toString()).toBe(body)
    expect(await targets(workspace)).toHaveLength(1)
  })

  it('shows in the log to the letter what is sent, long numbers too', async () => {
    const workspace = await seedWorkspace(ctx)
    const { number } = await seedNumber(workspace)
    const receiver = await startReceiver()
    const logId = ctx.random.id('inb')
    const body = `{"object":"whatsapp_business_account","entry":[{"id":  12345678901234567890,"changes":[{"field":"messages","value":{"statuses":[{"id":"wamid.1","status":"sent"}]}}]}]}`
    await sql`
      insert into inbound_logs (id, workspace_id, source, partition, body, body_bytes, sha256)
      values (${logId}, ${workspace.workspaceId}, 'meta', 0, ${Buffer.from(body)}, ${body.length}, ''::bytea)`.execute(
      ctx.db.worker,
    )
    const formats = ['meta', 'normalized'] as const
    for (const format of formats) await endpointAt(workspace, { destination_url: receiver.url, format })
    await appendStatus(workspace, number, 'message.sent', { inbound_log_id: logId })
    workers.push(startWebhooksWorker(ctx))
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(2))
    const sent = receiver.requests.map((request) => request.body.toString())
    expect(sent).toContain(body)
    for (const { id } of await selectDeliveries(ctx.db.worker, workspace.workspaceId, {
      before: null,
      limit: 9,
    })) {
      const { request_text } = await readDelivery(ctx, workspace.workspaceId, deliveryId.parse(id))
      expect(sent).toContain(request_text)
    }
  })

  it('ends a delivery whose webhook is not kept any more, without an attempt', async () => {
    const workspace = await seedWorkspace(ctx)
    const { number } = await seedNumber(workspace)
    await endpointAt(workspace, { format: 'meta', events: ['message.sent'] })
    await appendStatus(workspace, number, 'message.sent', { inbound_log_id: ctx.random.id('inl') })
    workers.push(startWebhooksWorker(ctx))
    await vi.waitFor(async () => {
      const [row] = await selectDeliveries(ctx.db.worker, workspace.workspaceId, { before: null, limit: 1 })
      expect(row).toMatchObject({ state: 'cancelled', attempts: 0, last_error_kind: 'no_form' })
    })
  })
})

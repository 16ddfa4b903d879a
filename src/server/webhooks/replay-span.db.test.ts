import { sql } from 'kysely'
import { describe, expect, it, vi } from 'vitest'
import { type CreateReplay, createReplay, type EndpointId, type EventType } from '../../contract/index.ts'
import { appendEvents } from '../events/index.ts'
import { type SeededWorkspace, seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { cancelReplay } from './cancel-replay.ts'
import { createEndpoint } from './create-endpoint.ts'
import { replayNext, selectReplay } from './queries-replays.ts'
import { presentReplay, replaySpan, runReplay } from './replay-span.ts'
import { startReceivers } from './testing/index.ts'
import { updateEndpoint } from './update-endpoint.ts'
import { startWebhooksWorker } from './worker.ts'

const ctx = await testCtx()
const { receiver: startReceiver } = startReceivers()
const since = new Date(Date.now() - 60_000).toISOString()

async function seed(url = 'http://127.0.0.1:41849/') {
  const workspace = await seedWorkspace(ctx)
  const endpoint = await createEndpoint(ctx, workspace.owner, {
    destination_url: url,
    events: ['message.received', 'message.sent'],
    format: 'normalized',
  })
  return { workspace, id: endpoint.id }
}

async function append(workspace: SeededWorkspace, count: number, type: EventType = 'message.received') {
  const events = Array.from({ length: count }, (_, n) => ({ type, at: new Date(), data: { n } }))
  return ctx.db.inWorkspace(workspace.workspaceId, (tx) => appendEvents(tx, workspace.workspaceId, events))
}

function settle(workspace: SeededWorkspace, events: readonly string[], state: string) {
  return sql`
    update webhook_deliveries set state = ${state}, ended_at = now()
    where workspace_id = ${workspace.workspaceId} and event_id = any (${[...events]}::text[])`.execute(
    ctx.db.worker,
  )
}

async function replay(workspace: SeededWorkspace, id: EndpointId, input: Partial<CreateReplay>) {
  const begun = await replaySpan(ctx, workspace.owner, id, createReplay.parse({ since, ...input }))
  await runReplay(ctx, workspace.workspaceId, { id: begun.id })
  const row = await selectReplay(ctx.db.worker, workspace.workspaceId, begun.id)
  if (row === null) throw new Error('The replay is gone.')
  return presentReplay(row)
}

async function replayed(workspace: SeededWorkspace): Promise<string[]> {
  const { rows } = await sql<{ event_id: string }>`
    select event_id from webhook_deliveries
    where workspace_id = ${workspace.workspaceId} and cause = 'replay' order by seq`.execute(ctx.db.worker)
  return rows.map((row) => row.event_id)
}

describe('a replay of a span', () => {
  it('by outcome takes exactly the events whose deliveries ended so', async () => {
    const { workspace, id } = await seed()
    const [failed = '', delivered = '', waiting = ''] = await append(workspace, 3)
    await updateEndpoint(ctx, workspace.owner, id, { enabled: false })
    const [missed = ''] = await append(workspace, 1)
    await updateEndpoint(ctx, workspace.owner, id, { enabled: true })
    await settle(workspace, [failed], 'failed')
    await settle(workspace, [delivered], 'delivered')

    const taken = async (outcome: CreateReplay['outcome']) => {
      await sql`delete from webhook_deliveries where cause = 'replay'`.execute(ctx.db.worker)
      expect(await replay(workspace, id, { outcome })).toMatchObject({ state: 'finished', progress: 1 })
      return replayed(workspace)
    }
    expect(await taken('failed')).toEqual([failed])
    expect(await taken('delivered')).toEqual([delivered])
    expect(await taken('missed')).toEqual([missed])
    expect(await taken('undelivered')).toEqual([failed, missed])
    expect(await taken('all')).toEqual([failed, delivered, waiting, missed])
  })

  it('by type and time leaves out the others', async () => {
    const { workspace, id } = await seed()
    const [early = ''] = await append(workspace, 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
    const middle = new Date().toISOString()
    await append(workspace, 1, 'message.sent')
    const [late = ''] = await append(workspace, 1)
    await settle(workspace, await everyEvent(workspace), 'failed')
    await replay(workspace, id, { outcome: 'failed', types: ['message.received'], since: middle })
    expect(await replayed(workspace)).toEqual([late])
    await replay(workspace, id, { outcome: 'failed', types: ['message.received'], until: middle })
    expect((await replayed(workspace)).toSorted()).toEqual([early, late].toSorted())
  })

  it('reaches back as far as anybody writes, and says what is wrong with a span or a type', async () => {
    const { workspace, id } = await seed()
    const events = await append(workspace, 2)
    for (const ever of ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '1969-07-20T20:17:40Z']) {
      expect((await replay(workspace, id, { outcome: 'all', since: ever })).queued, ever).toBe(events.length)
    }
    const future = new Date(Date.now() + 3_600_000).toISOString()
    await expect(replay(workspace, id, { since: future })).rejects.toMatchObject({
      code: 'validation_failed',
      details: { fields: [{ path: 'since' }] },
    })
    await expect(replay(workspace, id, { types: ['list.paused'] })).rejects.toMatchObject({
      code: 'validation_failed',
      details: { fields: [{ path: 'types' }] },
    })
  })

  it('does not send again what an earlier replay has delivered', async () => {
    const { workspace, id } = await seed()
    const [event = ''] = await append(workspace, 1)
    await settle(workspace, [event], 'failed')
    await replay(workspace, id, { outcome: 'failed' })
    await sql`update webhook_deliveries set state = 'delivered' where cause = 'replay'`.execute(ctx.db.worker)
    expect((await replay(workspace, id, { outcome: 'failed' })).queued).toBe(0)
  })

  it('stopped between two batches goes on where it stood and makes none twice', async () => {
    const { workspace, id } = await seed()
    const events = await append(workspace, 25)
    await settle(workspace, events, 'failed')
    const begun = await replaySpan(ctx, workspace.owner, id, createReplay.parse({ since, outcome: 'failed' }))
    expect(await replayNext(ctx.db.worker, workspace.workspaceId, begun.id, 10)).toBe('running')
    await expect(
      ctx.db.asWorker(async (tx) => {
        await replayNext(tx, workspace.workspaceId, begun.id, 10)
        throw new Error('killed before the commit')
      }),
    ).rejects.toThrow('killed')
    const half = await selectReplay(ctx.db.worker, workspace.workspaceId, begun.id)
    expect(half).toMatchObject({ state: 'running', queued: 10, pending: 10 })
    expect(half?.progress).toBeGreaterThan(0.5)
    await runReplay(ctx, workspace.workspaceId, { id: begun.id })
    expect((await replayed(workspace)).toSorted()).toEqual(events.toSorted())
  })

  it('takes along what was missed in a transaction that ends after it was asked for', async () => {
    const { workspace, id } = await seed()
    await updateEndpoint(ctx, workspace.owner, id, { enabled: false })
    let replaying: Promise<{ queued: number }> | undefined
    await ctx.db.inWorkspace(workspace.workspaceId, async (tx) => {
      await appendEvents(tx, workspace.workspaceId, [{ type: 'message.received', at: new Date(), data: {} }])
      await updateEndpoint(ctx, workspace.owner, id, { enabled: true })
      replaying = replay(workspace, id, { outcome: 'missed' })
      await new Promise((resolve) => setTimeout(resolve, 300))
    })
    expect((await replaying)?.queued).toBe(1)
  })

  it('carries the same webhook-id, and an attempt of its own', async () => {
    const receiver = await startReceiver()
    const { workspace, id } = await seed(receiver.url)
    const [event] = await append(workspace, 1)
    const worker = startWebhooksWorker(ctx)
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1))
    await vi.waitFor(async () =>
      expect((await replay(workspace, id, { outcome: 'delivered' })).queued).toBe(1),
    )
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(2))
    await worker.stop()
    expect(
      receiver.requests.map(({ headers }) => [headers['webhook-id'], headers['webhook-attempt']]),
    ).toEqual([
      [event, '1'],
      [event, '1'],
    ])
  })

  it('that is cancelled makes no more, and what it made is not sent; another may begin', async () => {
    const { workspace, id } = await seed()
    await settle(workspace, await append(workspace, 25), 'failed')
    const begun = await replaySpan(ctx, workspace.owner, id, createReplay.parse({ since, outcome: 'failed' }))
    await replayNext(ctx.db.worker, workspace.workspaceId, begun.id, 10)
    const ids = { endpointId: id, replayId: begun.id }
    expect(await cancelReplay(ctx, workspace.owner, ids)).toMatchObject({
      state: 'cancelled',
      queued: 10,
      deliveries: { pending: 0, cancelled: 10 },
    })
    await runReplay(ctx, workspace.workspaceId, { id: begun.id })
    expect(await replayed(workspace)).toHaveLength(10)
    expect((await replay(workspace, id, { outcome: 'failed' })).queued).toBe(25)
    const elsewhere = await seed()
    await expect(cancelReplay(ctx, elsewhere.workspace.owner, ids)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('runs once at a time per endpoint, stops with the endpoint, and needs it enabled to begin', async () => {
    const { workspace, id } = await seed()
    const begun = await replaySpan(ctx, workspace.owner, id, createReplay.parse({ since }))
    const again = replaySpan(ctx, workspace.owner, id, createReplay.parse({ since }))
    await expect(again).rejects.toMatchObject({ code: 'conflict' })
    await updateEndpoint(ctx, workspace.owner, id, { enabled: false })
    await runReplay(ctx, workspace.workspaceId, { id: begun.id })
    expect((await selectReplay(ctx.db.worker, workspace.workspaceId, begun.id))?.state).toBe('stopped')
    const disabled = replaySpan(ctx, workspace.owner, id, createReplay.parse({ since }))
    await expect(disabled).rejects.toMatchObject({ code: 'endpoint_disabled' })
  })
})

async function everyEvent(workspace: SeededWorkspace): Promise<string[]> {
  const { rows } = await sql<{ event_id: string }>`
    select event_id from webhook_deliveries where workspace_id = ${workspace.workspaceId}`.execute(
    ctx.db.worker,
  )
  return rows.map((row) => row.event_id)
}

import { sql } from 'kysely'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { verifyWebhook } from '../../client/index.ts'
import { createReplay, type EndpointId, numberId, type UpdateEndpoint } from '../../contract/index.ts'
import { appendEvents } from '../events/index.ts'
import { readNetworks } from '../platform/index.ts'
import { type SeededWorkspace, seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { cancelReplay } from './cancel-replay.ts'
import { createEndpoint } from './create-endpoint.ts'
import { deleteEndpoint } from './delete-endpoint.ts'
import { selectDeliveries } from './queries-deliveries.ts'
import { replaySpan, runReplay } from './replay-span.ts'
import { rotateSecret } from './rotate-secret.ts'
import { startReceivers } from './testing/index.ts'
import { updateEndpoint } from './update-endpoint.ts'
import { startWebhooksWorker } from './worker.ts'

const ctx = await testCtx()
const { receiver: startReceiver } = startReceivers()
const workers: { stop(): Promise<void> }[] = []
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop()
})

/** Fails for days; its delivery waits for tomorrow, its breaker for the next probe. */
async function failingEndpoint(workspace: SeededWorkspace, url: string, more = sql`enabled = true`) {
  const endpoint = await createEndpoint(ctx, workspace.owner, {
    destination_url: url,
    events: ['message.received'],
    format: 'normalized',
  })
  const entry = { type: 'message.received' as const, at: new Date(), data: {} }
  await ctx.db.inWorkspace(workspace.workspaceId, (tx) => appendEvents(tx, workspace.workspaceId, [entry]))
  await sql`update webhook_deliveries set attempts = 9, next_at = now() + interval '1 day'
    where endpoint_id = ${endpoint.id}`.execute(ctx.db.worker)
  await sql`update webhook_endpoints set first_failure_at = now() - interval '4 days', failures_in_a_row = 90,
      probe_at = now() + interval '1 hour', ${more} where id = ${endpoint.id}`.execute(ctx.db.worker)
  return endpoint
}

function update(workspace: SeededWorkspace, id: EndpointId, input: UpdateEndpoint) {
  return updateEndpoint(ctx, workspace.owner, id, input)
}

async function statesOf({ workspaceId }: SeededWorkspace): Promise<string[]> {
  const rows = await selectDeliveries(ctx.db.worker, workspaceId, { before: null, limit: 10 })
  return rows.map(({ state }) => state)
}

describe('an endpoint that failed for days', () => {
  it('with its address mended is tried at once, and the days before are forgotten', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await startReceiver()
    const endpoint = await failingEndpoint(workspace, 'http://127.0.0.1:41849/old')
    workers.push(startWebhooksWorker(ctx))
    const saved = await update(workspace, endpoint.id, { destination_url: receiver.url })
    expect(saved).toMatchObject({ health: 'working', failing_since: null, next_probe_at: null })
    await vi.waitFor(async () => expect(await statesOf(workspace)).toEqual(['delivered']))
    expect(receiver.requests).toHaveLength(1)
  })

  it('and was given up sends what waits as soon as it is enabled again', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await startReceiver()
    const endpoint = await failingEndpoint(
      workspace,
      receiver.url,
      sql`enabled = false, disabled_reason = 'x'`,
    )
    workers.push(startWebhooksWorker(ctx))
    await update(workspace, endpoint.id, { enabled: true })
    await vi.waitFor(async () => expect(await statesOf(workspace)).toEqual(['delivered']))
  })

  it('keeps its wait and its reason when something else is changed', async () => {
    const workspace = await seedWorkspace(ctx)
    const endpoint = await failingEndpoint(workspace, 'http://127.0.0.1:41849/old')
    expect(await update(workspace, endpoint.id, { name: 'New name' })).toMatchObject({ health: 'resting' })
    await update(workspace, endpoint.id, { enabled: false })
    const moved = await update(workspace, endpoint.id, { destination_url: 'http://127.0.0.1:41849/new' })
    expect(moved).toMatchObject({ health: 'disabled' })
    expect(moved.failing_since).not.toBeNull()
    expect(await statesOf(workspace)).toEqual(['pending'])
  })
})

it('a workspace has a hundred endpoints at most, and is told what to do then', async () => {
  const { workspaceId, owner } = await seedWorkspace(ctx)
  const wish = { destination_url: 'http://127.0.0.1:41849/', events: ['list.started' as const] }
  const one = await createEndpoint(ctx, owner, { ...wish, format: 'normalized' })
  await sql`insert into webhook_endpoints (workspace_id, id, name, destination_url, events, secret_sealed)
    select workspace_id, parley_id('whe'), name, destination_url, events, secret_sealed
    from webhook_endpoints, generate_series(1, 99) where workspace_id = ${workspaceId}`.execute(ctx.db.worker)
  const another = () => createEndpoint(ctx, owner, { ...wish, format: 'normalized' })
  await expect(another()).rejects.toThrow('at most 100 endpoints. Delete one')
  await deleteEndpoint(ctx, owner, one.id)
  expect((await another()).id).toMatch(/^whe_/)
})

/** Four hundred deliveries to a slow receiver, of which some have arrived. */
async function underWay() {
  const workspace = await seedWorkspace(ctx)
  const receiver = await startReceiver({ status: 200, afterMs: 5 })
  const endpoint = await createEndpoint(ctx, workspace.owner, {
    destination_url: receiver.url,
    events: ['message.received'],
    format: 'normalized',
    rate_per_second: 200,
  })
  const entries = Array.from({ length: 400 }, () => ({
    type: 'message.received' as const,
    at: new Date(),
    data: {},
  }))
  await ctx.db.inWorkspace(workspace.workspaceId, (tx) => appendEvents(tx, workspace.workspaceId, entries))
  workers.push(startWebhooksWorker(ctx))
  // In the middle of the second page: the third is read, too.
  await vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThan(15))
  return { ...workspace, receiver, endpoint }
}

describe('what a lane has in hand', () => {
  it('goes to a new address as soon as it is saved', async () => {
    const { owner, endpoint, receiver } = await underWay()
    const after = await startReceiver()
    await updateEndpoint(ctx, owner, endpoint.id, { destination_url: after.url })
    await vi.waitFor(() => expect(receiver.requests.length + after.requests.length).toBe(400), 10_000)
    expect(receiver.requests.length).toBeLessThan(60)
  })

  it('is signed with a new secret only, when the one of before is said to have leaked', async () => {
    const { owner, endpoint, receiver } = await underWay()
    const { secret } = await rotateSecret(ctx, owner, endpoint.id, { overlap_hours: 0 })
    const told = receiver.requests.length
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(400), 10_000)
    for (const { headers, body } of receiver.requests.slice(told + 40))
      expect(() => verifyWebhook(secret, body, headers)).not.toThrow()
  })

  it('is not sent when the replay that asked for it is cancelled', async () => {
    const { owner, endpoint, receiver, workspaceId } = await underWay()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(400), 10_000)
    const all = createReplay.parse({ since: '2026-01-01T00:00:00Z', outcome: 'all' })
    const { id } = await replaySpan(ctx, owner, endpoint.id, all)
    await runReplay(ctx, workspaceId, { id })
    await vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThan(415))
    const { deliveries } = await cancelReplay(ctx, owner, { endpointId: endpoint.id, replayId: id })
    expect(deliveries.pending).toBe(0)
    await vi.waitFor(async () => expect(await isIdle(endpoint.id)).toBe(true), 10_000)
    expect(receiver.requests.length).toBeLessThan(470)
  })
})

/** No lane works for it any more. */
async function isIdle(key: string): Promise<boolean> {
  const { rows } =
    await sql`select from leases where kind = 'webhooks' and key = ${key} and lease_until > now()`.execute(
      ctx.db.worker,
    )
  return rows.length === 0
}

it('T21 a number of another workspace is refused with the field named, at creation and later', async () => {
  const { owner } = await seedWorkspace(ctx)
  const foreign = numberId.parse(ctx.random.id('num'))
  const wish = { destination_url: 'http://127.0.0.1:41849/', events: ['list.started' as const] }
  const refusal = { code: 'validation_failed', details: { fields: [{ path: 'number_id' }] } }
  const made = createEndpoint(ctx, owner, { ...wish, format: 'normalized', number_id: foreign })
  await expect(made).rejects.toMatchObject(refusal)
  const { id } = await createEndpoint(ctx, owner, { ...wish, format: 'normalized' })
  await expect(updateEndpoint(ctx, owner, id, { number_id: foreign })).rejects.toMatchObject(refusal)
})

it('an address inside that the operator opened is named with its network in the audit log', async () => {
  const webhookNetworks = readNetworks('127.0.0.1/32:41849') ?? []
  const guarded = await testCtx({ config: { allowPrivateWebhooks: false, webhookNetworks } })
  const { workspaceId, owner } = await seedWorkspace(guarded)
  const wish = { events: ['list.started' as const], format: 'normalized' as const }
  const { id } = await createEndpoint(guarded, owner, { ...wish, destination_url: 'http://127.0.0.1:41849/' })
  const beside = createEndpoint(guarded, owner, { ...wish, destination_url: 'http://127.0.0.1:41850/' })
  await expect(beside).rejects.toMatchObject({ code: 'destination_refused' })
  const { rows } = await sql`
    select after ->> 'network' as network from audit_log where workspace_id = ${workspaceId} and subject_id = ${id}`.execute(
    guarded.db.worker,
  )
  expect(rows).toEqual([{ network: '127.0.0.1/32:41849' }])
})

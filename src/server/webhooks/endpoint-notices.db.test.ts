import { sql } from 'kysely'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { appendEvents } from '../events/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createEndpoint } from './create-endpoint.ts'
import { startReceivers } from './testing/index.ts'
import { updateEndpoint } from './update-endpoint.ts'
import { startWebhooksWorker } from './worker.ts'

const ctx = await testCtx()
const { receiver: startReceiver } = startReceivers()
const workers: { stop(): Promise<void> }[] = []

afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop()
})

async function failingEndpoint(eventCount: number) {
  const { workspaceId, owner } = await seedWorkspace(ctx)
  const receiver = await startReceiver({ status: 500 })
  const endpoint = await createEndpoint(ctx, owner, {
    destination_url: receiver.url,
    events: ['message.received'],
    format: 'normalized',
    name: 'Shop system',
  })
  const events = Array.from({ length: eventCount }, (_, n) => ({
    type: 'message.received' as const,
    at: new Date(),
    data: { n },
  }))
  await ctx.db.inWorkspace(workspaceId, (tx) => appendEvents(tx, workspaceId, events))
  const bell = async () => {
    const open = sql<{ kind: string; subject_name: string; params: object }>`
      select kind, subject_name, params from notices where subject_id = ${endpoint.id} and resolved_at is null`
    return (await open.execute(ctx.db.worker)).rows
  }
  return { owner, endpoint, receiver, bell, start: () => workers.push(startWebhooksWorker(ctx)) }
}

describe('an endpoint in the bell', () => {
  it('rings once when it begins to fail, and no more once it works again', async () => {
    const { endpoint, bell, start, owner } = await failingEndpoint(20)
    start()
    const failing = { kind: 'endpoint_failing', subject_name: 'Shop system', params: {} }
    await vi.waitFor(async () => expect(await bell()).toEqual([failing]))
    await updateEndpoint(ctx, owner, endpoint.id, { enabled: true })
    expect(await bell()).toEqual([])
  })

  it('rings when it is given up, until somebody enables it', async () => {
    const { endpoint, bell, start, owner } = await failingEndpoint(1)
    await sql`
      update webhook_endpoints
      set first_failure_at = now() - interval '5 days 1 minute', failures_in_a_row = 19
      where id = ${endpoint.id}`.execute(ctx.db.worker)
    start()
    await vi.waitFor(async () => expect(await bell()).toMatchObject([{ kind: 'endpoint_disabled' }]))
    await updateEndpoint(ctx, owner, endpoint.id, { enabled: true })
    expect(await bell()).toEqual([])
  })

  it.each([
    [1, "interval '1 day'"],
    [3, "interval '3 days'"],
  ])(
    'rings again after %i days of failures, also when they are too few for the breaker',
    async (days, span) => {
      const { endpoint, bell, start, receiver } = await failingEndpoint(1)
      await sql`
      update webhook_endpoints
      set first_failure_at = now() - ${sql.raw(span)}, last_failure_at = now() - interval '1 hour', failures_in_a_row = 4
      where id = ${endpoint.id}`.execute(ctx.db.worker)
      start()
      const failing = { kind: 'endpoint_failing', subject_name: 'Shop system', params: { days } }
      await vi.waitFor(async () => expect(await bell()).toEqual([failing]))
      receiver.answer = { status: 200 }
      await sql`update webhook_deliveries set next_at = now() where endpoint_id = ${endpoint.id}`.execute(
        ctx.db.worker,
      )
      await vi.waitFor(async () => expect(await bell()).toEqual([]), 5000)
    },
  )
})

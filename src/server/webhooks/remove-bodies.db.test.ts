import { sql } from 'kysely'
import { expect, it, vi } from 'vitest'
import { deliveryId } from '../../contract/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createEndpoint } from './create-endpoint.ts'
import { readDelivery } from './read-delivery.ts'
import { removeBodies } from './remove-bodies.ts'
import { sendTestEvent } from './send-test-event.ts'
import { startReceivers } from './testing/index.ts'
import { startWebhooksWorker } from './worker.ts'

const ctx = await testCtx({ config: { keepBodiesDays: 3 } })
const { receiver: startReceiver } = startReceivers()

it('what was sent and answered goes after its days; state, status and latency stay', async () => {
  const workspace = await seedWorkspace(ctx)
  const receiver = await startReceiver()
  const endpoint = await createEndpoint(ctx, workspace.owner, {
    destination_url: receiver.url,
    events: ['message.received'],
    format: 'normalized',
  })
  const [old, young] = [
    await sendTestEvent(ctx, workspace.owner, endpoint.id),
    await sendTestEvent(ctx, workspace.owner, endpoint.id),
  ]
  const read = (id: string) => readDelivery(ctx, workspace.workspaceId, deliveryId.parse(id))
  const worker = startWebhooksWorker(ctx)
  await vi.waitFor(async () => {
    for (const { id } of [old, young]) expect((await read(id)).state).toBe('delivered')
  })
  await worker.stop()
  await sql`
    update webhook_attempts set at = now() - interval '100 hours' where delivery_id = ${old.id}`.execute(
    ctx.db.worker,
  )

  expect(await removeBodies(ctx)).toBe(1)
  expect(await removeBodies(ctx)).toBe(0)
  const gone = await read(old.id)
  expect(gone).toMatchObject({
    state: 'delivered',
    bodies_removed: true,
    request_body: null,
    log: [{ n: 1, http_status: 200, response_body: null, request_headers: {}, response_headers: {} }],
  })
  expect(gone.log[0]?.latency_ms).not.toBeNull()
  const kept = await read(young.id)
  expect(kept).toMatchObject({ bodies_removed: false, log: [{ response_body: 'thanks' }] })
  expect(kept.request_body).toMatchObject({ test: true })
})

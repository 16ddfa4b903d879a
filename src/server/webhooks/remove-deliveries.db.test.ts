import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createEndpoint } from './create-endpoint.ts'
import { selectDeliveries } from './queries-deliveries.ts'
import { removeDeliveries } from './remove-deliveries.ts'
import { sendTestEvent } from './send-test-event.ts'

const ctx = await testCtx({ config: { keepEventsDays: 30 } })
const later = { ...ctx, clock: { ...ctx.clock, now: () => new Date(Date.now() + 40 * 86_400_000) } }

it('deliveries older than events are kept go with their attempts; one still to be tried stays', async () => {
  const { workspaceId, owner } = await seedWorkspace(ctx)
  const endpoint = await createEndpoint(ctx, owner, {
    destination_url: 'http://127.0.0.1:41849/',
    events: ['message.received'],
    format: 'normalized',
  })
  const ended = await sendTestEvent(ctx, owner, endpoint.id)
  const pending = await sendTestEvent(ctx, owner, endpoint.id)
  await sql`update webhook_deliveries set state = 'failed' where id = ${ended.id}`.execute(ctx.db.worker)
  await sql`insert into webhook_attempts (workspace_id, delivery_id, n) values (${workspaceId}, ${ended.id}, 1)`.execute(
    ctx.db.worker,
  )
  expect(await removeDeliveries(ctx)).toBe(0)
  expect(await removeDeliveries(later)).toBe(1)
  const left = await selectDeliveries(ctx.db.worker, workspaceId, { before: null, limit: 10 })
  expect(left.map(({ id }) => id)).toEqual([pending.id])
  const { rows } = await sql`select from webhook_attempts where workspace_id = ${workspaceId}`.execute(
    ctx.db.worker,
  )
  expect(rows).toEqual([])
})

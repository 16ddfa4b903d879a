import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { messageStatusEvent } from '../../contract/index.ts'
import { testCtx } from '../platform/testing/index.ts'
import {
  type AttemptOutcome,
  cancelListMessages,
  claimDirectIntents,
  claimListIntents,
  expireUnknowns,
  getMessage,
  recordOutcomes,
  requeueFailed,
  settleStaleIntents,
} from './index.ts'
import { seedNumber } from './testing/index.ts'

const ctx = await testCtx()
const db = ctx.db.worker

async function intent() {
  const seed = await seedNumber(ctx)
  const id = await seed.addMessage()
  await claimDirectIntents(db, await seed.takeLane(), 10)
  const record = (outcome: AttemptOutcome['outcome'], rest: Partial<AttemptOutcome> = {}) =>
    recordOutcomes(ctx, [
      {
        workspace_id: seed.workspaceId,
        number_id: seed.numberId,
        message_id: id,
        attempt: 1,
        outcome,
        http_status: null,
        external_id: outcome === 'accepted' ? `wamid.${id}` : null,
        error: null,
        retry_in_ms: null,
        ...rest,
      },
    ])
  const row = async () => (await seed.run(sql<{ state: string }>`select * from messages where id = ${id}`))[0]
  return { seed, id, record, row }
}

const refusal = { code: '131026', title: 'Message undeliverable', detail: 'Receiver is incapable.' }

describe('an outcome', () => {
  it('counts although another owner has taken the lane meanwhile', async () => {
    const { seed, record, row } = await intent()
    await seed.takeLane('owner-2')
    await record('accepted')
    expect(await row()).toMatchObject({ state: 'accepted', resolution: 'answer' })
  })

  it('settles an intent that was given up as unknown', async () => {
    const { seed, id, record, row } = await intent()
    await seed.run(
      sql`update message_attempts set intent_at = now() - interval '1 minute' where message_id = ${id}`,
    )
    await settleStaleIntents(db, 15_000)
    expect(await row()).toMatchObject({ state: 'unknown' })
    await record('accepted')
    expect(await row()).toMatchObject({ state: 'accepted', external_id: `wamid.${id}` })
  })

  it('of an earlier attempt does not touch the present one', async () => {
    const { seed, record, row } = await intent()
    await record('later', {
      retry_in_ms: 0,
      error: { code: '130429', title: 'Rate limit hit', detail: null },
    })
    const { intents } = await claimDirectIntents(db, await seed.takeLane(), 10)
    expect(intents).toMatchObject([{ attempt: 2, deferrals: 1 }])
    await record('refused', { error: refusal })
    expect(await row()).toMatchObject({ state: 'intent', attempt: 2 })
  })

  it('of a refusal writes one fact, its events and the words', async () => {
    const { seed, id, record } = await intent()
    await record('refused', { error: refusal, http_status: 400 })
    await record('refused', { error: refusal, http_status: 400 })
    const events = await seed.run(
      sql<{ data: unknown }>`select data from events where message_id = ${id} order by seq`,
    )
    expect(events.map(({ data }) => messageStatusEvent.parse(data))).toMatchObject([
      { event: 'message.failed', status: 'failed', error: refusal },
      { event: 'message.status_updated', status: 'failed' },
    ])
    const message = await ctx.db.inWorkspace(seed.workspaceId, (tx) => getMessage(tx, seed.workspaceId, id))
    expect(message).toMatchObject({ status: 'failed', error: { ...refusal, reason: expect.any(String) } })
    expect(message.statuses).toHaveLength(1)
  })

  it('of something never sent puts the message back, with its attempt on record', async () => {
    const { seed, id, record, row } = await intent()
    await record('unsent', { retry_in_ms: 60_000 })
    expect(await row()).toMatchObject({ state: 'queued' })
    const { intents } = await claimDirectIntents(db, await seed.takeLane(), 10)
    expect(intents).toEqual([])
    expect(await seed.run(sql`select outcome from message_attempts where message_id = ${id}`)).toEqual([
      { outcome: 'unsent' },
    ])
  })

  it('that is unknown is never claimed again', async () => {
    const { seed, record, row } = await intent()
    await record('unknown')
    expect(await row()).toMatchObject({ state: 'unknown', status: 'unknown' })
    expect((await claimDirectIntents(db, await seed.takeLane(), 10)).intents).toEqual([])
  })
})

describe('unknown outcomes', () => {
  it.each([
    ['MARKETING', 'held'],
    ['UTILITY', 'held'],
    ['AUTHENTICATION', 'expired'],
  ])('of category %s end as %s once webhooks came after the wait', async (category, state) => {
    const { seed, id, record, row } = await intent()
    await record('unknown')
    await seed.run(
      sql`update messages set unknown_since = now() - interval '11 minutes', category = ${category} where id = ${id}`,
    )
    await expireUnknowns(db)
    expect(await row()).toMatchObject({ state: 'unknown' })
    await seed.run(sql`update connectors set last_webhook_at = now() where id = ${seed.connectorId}`)
    await expireUnknowns(db)
    expect(await row()).toMatchObject({ state, resolution: 'policy' })
  })

  it('wait on while webhooks are not read yet: the evidence may be among them', async () => {
    const { seed, id, record, row } = await intent()
    await record('unknown')
    await seed.run(sql`update messages set unknown_since = now() - interval '11 minutes' where id = ${id}`)
    await seed.run(sql`update connectors set last_webhook_at = now() where id = ${seed.connectorId}`)
    await seed.run(sql`
      insert into inbound_logs (id, source, partition, body_bytes, sha256, received_at)
      values ('inl_unread', 'meta', 0, 1, '\\x00', now() - interval '6 seconds')`)
    await expireUnknowns(db)
    expect(await row()).toMatchObject({ state: 'unknown' })
    await seed.run(sql`delete from inbound_logs where id = 'inl_unread'`)
    await expireUnknowns(db)
    expect(await row()).toMatchObject({ state: 'held' })
  })
})

describe('messages of a list', () => {
  it('are counted in the transaction that changes them', async () => {
    const seed = await seedNumber(ctx)
    const { listId } = await seed.addList({ recipients: 4 })
    const counts = async () =>
      Object.fromEntries(
        (
          await seed.run(sql<{ bucket: string; n: number }>`
            select bucket, sum(n) as n from list_count_deltas where list_id = ${listId} group by 1 having sum(n) <> 0`)
        ).map(({ bucket, n }) => [bucket, n]),
      )
    expect(await counts()).toEqual({ waiting: 4 })
    const { intents } = await claimListIntents(db, await seed.takeLane(), { list_id: listId, after: '' }, 2)
    expect(await counts()).toEqual({ waiting: 2, sending: 2 })
    await recordOutcomes(
      ctx,
      intents.map(({ id, attempt }, index) => ({
        workspace_id: seed.workspaceId,
        number_id: seed.numberId,
        message_id: id,
        attempt,
        outcome: index === 0 ? ('accepted' as const) : ('refused' as const),
        http_status: null,
        external_id: index === 0 ? `wamid.${id}` : null,
        error: index === 0 ? null : refusal,
        retry_in_ms: null,
      })),
    )
    expect(await counts()).toEqual({ waiting: 2, sent: 1, failed: 1 })
    expect(await cancelListMessages(db, seed.workspaceId, { listId, limit: 10 })).toBe(2)
    expect(await counts()).toEqual({ skipped: 2, sent: 1, failed: 1 })
    expect(await requeueFailed(db, seed.workspaceId, listId)).toEqual({ queued: 1, left: 0 })
    expect(await requeueFailed(db, seed.workspaceId, listId)).toEqual({ queued: 0, left: 0 })
    expect(await counts()).toEqual({ skipped: 2, sent: 1, waiting: 1 })
  })
})

import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { claimDirectIntents, recordOutcomes } from '../messages/index.ts'
import { seedNumber } from '../messages/testing/index.ts'
import { testCtx } from '../platform/testing/index.ts'
import { databaseStore } from './lane-store.ts'
import { UnwrittenIntents } from './unwritten-intents.ts'

const ctx = await testCtx()

describe('a claim whose answer was lost', () => {
  it('is given back, but not what was heard of, nor what has an outcome', async () => {
    const seed = await seedNumber(ctx)
    const unwritten = new UnwrittenIntents({ ...ctx, store: databaseStore(ctx) })
    const [inFlight, unknown] = [await seed.addMessage(), await seed.addMessage()]
    const lane = await seed.takeLane()
    const heard = await claimDirectIntents(ctx.db.worker, lane, 10)
    unwritten.heardOf(seed.numberId, heard.intents)
    await recordOutcomes(ctx, [
      {
        workspace_id: seed.workspaceId,
        number_id: seed.numberId,
        message_id: unknown,
        attempt: 1,
        outcome: 'unknown',
        http_status: null,
        external_id: null,
        error: null,
        retry_in_ms: null,
      },
    ])
    unwritten.settled([{ message_id: unknown, attempt: 1 }])
    const lost = await seed.addMessage()
    await claimDirectIntents(ctx.db.worker, lane, 10)

    await unwritten.resolveDoubt(lane)

    const rows = await seed.run(sql<{ id: string; state: string }>`
      select id, state from messages where number_id = ${seed.numberId}`)
    expect(Object.fromEntries(rows.map(({ id, state }) => [id, state]))).toEqual({
      [inFlight]: 'intent',
      [unknown]: 'unknown',
      [lost]: 'queued',
    })
    await unwritten.stop()
  })

  it('is given back without what was claimed since, also when the statement comes late', async () => {
    const seed = await seedNumber(ctx)
    const store = databaseStore(ctx)
    const lane = await seed.takeLane()
    const lost = await seed.addMessage()
    await claimDirectIntents(ctx.db.worker, lane, 10)
    const before = await store.now()
    const claimedSince = await seed.addMessage()
    await claimDirectIntents(ctx.db.worker, lane, 10)

    await store.releaseUnheard(lane, { heardOfIds: [], before })

    const rows = await seed.run(sql<{ id: string; state: string }>`
      select id, state from messages where number_id = ${seed.numberId}`)
    expect(Object.fromEntries(rows.map(({ id, state }) => [id, state]))).toEqual({
      [lost]: 'queued',
      [claimedSince]: 'intent',
    })
  })

  it('of an earlier epoch leaves the intents of the present one alone', async () => {
    const seed = await seedNumber(ctx)
    const unwritten = new UnwrittenIntents({ ...ctx, store: databaseStore(ctx) })
    const old = await seed.takeLane('owner-1')
    const id = await seed.addMessage()
    await claimDirectIntents(ctx.db.worker, await seed.takeLane('owner-2'), 10)
    await unwritten.resolveDoubt(old)
    expect(await seed.run(sql`select state from messages where id = ${id}`)).toEqual([{ state: 'intent' }])
    await unwritten.stop()
  })
})

describe('intents that were not come to', () => {
  it('are queued again when the process stops', async () => {
    const seed = await seedNumber(ctx)
    const unwritten = new UnwrittenIntents({ ...ctx, store: databaseStore(ctx) })
    const id = await seed.addMessage()
    const { intents } = await claimDirectIntents(ctx.db.worker, await seed.takeLane(), 10)
    unwritten.giveBack(intents)
    await unwritten.stop()
    expect(await seed.run(sql`select state from messages where id = ${id}`)).toEqual([{ state: 'queued' }])
  })
})

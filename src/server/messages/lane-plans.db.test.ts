import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { listId } from '../../contract/index.ts'
import { testCtx, testDatabase, widePlans } from '../platform/testing/index.ts'
import { claimDirectIntents, claimListIntents } from './index.ts'
import { seedNumber } from './testing/index.ts'

const database = await testDatabase()
const ctx = await testCtx({ database })
/** Those that grow by the million while a list runs. */
const tables = ['messages', 'contacts', 'message_attempts', 'send_queue', 'outbound_external_ids']

// A plan that read all messages from end to end stopped a list of a million for half a minute, until statistics came.
describe('a plan made on the first day finds by keys', () => {
  it('what a claim takes of a list', async () => {
    const lane = await (await seedNumber(ctx)).takeLane()
    const from = { list_id: listId.parse(ctx.random.id('lst')), after: '' }
    const claim = (db: typeof ctx.db.lanes) => claimListIntents(db, lane, from, 100)
    expect(await widePlans(database.target, tables, claim)).toEqual([])
  })

  it('what a claim takes of replies and API messages', async () => {
    const lane = await (await seedNumber(ctx)).takeLane()
    expect(await widePlans(database.target, tables, (db) => claimDirectIntents(db, lane, 100))).toEqual([])
  })
})

// A claim took two seconds beside three thousand people of the day: each was compared with all the others.
it("a claim reads of the day's people and of conversations only what is about its messages", async () => {
  const seed = await seedNumber(ctx)
  const { workspaceId, numberId } = seed
  await seed.run(sql`update numbers set messaging_limit = 'TIER_10K' where id = ${numberId}`)
  const ids = [await seed.addMessage(), await seed.addMessage(), await seed.addMessage()]
  await ctx.db.lanes.transaction().execute(async (tx) => {
    await sql`
      with p as (select portfolio_of(${workspaceId}, ${numberId}) as id),
      people as (
        insert into portfolio_recipients (portfolio, person, message_id, reserved_at)
        select p.id, 'ctc_' || n, 'msg_' || n,
          clock_timestamp() - case when n <= 60 then interval '25 hours' else interval '1 hour' end
        from p, generate_series(1, 3000) n
      ),
      refused as (
        insert into portfolio_notes (portfolio, message_id, went)
        select p.id, 'msg_' || n, false from p, generate_series(2901, 2910) n
      ),
      customers as (
        insert into contacts (workspace_id, id, phone)
        select ${workspaceId}, 'ctc_' || n, (598092000000 + n)::text from generate_series(1, 3000) n
        returning workspace_id, id
      ),
      chats as (
        insert into conversations (workspace_id, id, number_id, contact_id)
        select workspace_id, 'cnv_' || id, ${numberId}, id from customers
      )
      insert into portfolio_usage (portfolio, used) select id, 3000 from p`.execute(tx)
    const rowsRead = sql<{ n: number }>`
      select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as n
      from pg_stat_xact_user_tables where relname in ('portfolio_recipients', 'conversations')`
    const readBefore = (await rowsRead.execute(tx)).rows[0]?.n ?? 0
    const granted = await sql`select reserve_daily_limit(${numberId}, ${ids}) as id`.execute(tx)
    expect(granted.rows).toHaveLength(3)
    const read = ((await rowsRead.execute(tx)).rows[0]?.n ?? 0) - readBefore
    expect(read).toBeLessThan(200)
    const { rows } = await sql<{ used: number }>`
      select used from portfolio_usage where portfolio = portfolio_of(${workspaceId}, ${numberId})`.execute(
      tx,
    )
    expect(rows).toEqual([{ used: 3_000 - 60 - 10 + 3 }])
  })
})

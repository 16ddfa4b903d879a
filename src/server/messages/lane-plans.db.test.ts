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
it("a claim reads of the day's people only those whose day is over, or who got nothing", async () => {
  const { workspaceId } = await seedNumber(ctx)
  const read = await ctx.db.lanes.transaction().execute(async (tx) => {
    await sql`
      insert into portfolio_recipients (workspace_id, portfolio, recipient, message_id, reserved_at)
      select ${workspaceId}, 'p', 'ctc_' || n, 'msg_' || n,
        clock_timestamp() - case when n <= 60 then interval '25 hours' else interval '1 hour' end
      from generate_series(1, 3000) n`.execute(tx)
    await sql`insert into portfolio_usage (workspace_id, portfolio, used) values (${workspaceId}, 'p', 3000)`.execute(
      tx,
    )
    await sql`
      insert into portfolio_releases (workspace_id, portfolio, message_id)
      select ${workspaceId}, 'p', 'msg_' || n from generate_series(2901, 2910) n`.execute(tx)
    const rowsRead = sql<{ n: number }>`
      select seq_tup_read + coalesce(idx_tup_fetch, 0) as n
      from pg_stat_xact_user_tables where relname = 'portfolio_recipients'`
    const before = (await rowsRead.execute(tx)).rows[0]?.n ?? 0
    const { rows } = await sql<{
      used: number
    }>`select settle_portfolio(${workspaceId}, 'p') as used`.execute(tx)
    expect(rows).toEqual([{ used: 2_930 }])
    return ((await rowsRead.execute(tx)).rows[0]?.n ?? 0) - before
  })
  expect(read).toBeLessThan(200)
})

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

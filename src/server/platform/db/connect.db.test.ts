import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { openDatabases } from './connect.ts'

const { target, superuserTarget } = await testDatabase()
const databases = openDatabases({ target, poolSizes: { worker: 1 } })
const superuser = new pg.Client(superuserTarget)
await superuser.connect()
afterAll(async () => {
  await superuser.end()
  await databases.close()
})

describe('a connection that the server ends', () => {
  it('in the middle of a transaction fails that transaction, not the process, and is replaced', async () => {
    const broken = databases.asWorker(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      await superuser.query('select pg_terminate_backend($1, 5000)', [rows[0]?.pid])
      // The news of the end arrives while no statement waits for an answer.
      await new Promise((resolve) => setTimeout(resolve, 100))
      await sql`select 1`.execute(tx)
    })
    await expect(broken).rejects.toThrow()
    const { rows } = await sql`select 1 as one`.execute(databases.worker)
    expect(rows).toEqual([{ one: 1 }])
  })
})

it('the pool of lanes plans loops over indexes, and plans each statement once', async () => {
  const rowsOf = (id: string) => sql<{ id: string }>`select id from workspaces where id = ${id}`
  const open = openDatabases({ target, poolSizes: { lanes: 1 } })
  for (const id of ['a', 'b']) await rowsOf(id).execute(open.lanes)
  const { rows } = await sql<{ statements: number; seqscan: string }>`
    select count(*) as statements, current_setting('enable_seqscan') as seqscan
    from pg_prepared_statements where statement like ${'select id from workspaces%'}`.execute(open.lanes)
  expect(rows).toEqual([{ statements: 1, seqscan: 'off' }])
  await open.close()
})

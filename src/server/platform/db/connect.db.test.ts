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

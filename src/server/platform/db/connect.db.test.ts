import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { openDatabases, openPool } from './connect.ts'

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

it('F04 a connection on which nothing more comes is given up, and a new one works', async () => {
  const { host, port } = superuser
  let isSilent = false
  const line = createServer((client) => {
    const server = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
    const isCut = isSilent
    client.on('data', (bytes) => (isSilent && !isCut ? undefined : server.write(bytes)))
    server.on('data', (bytes) => client.write(bytes))
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const)
      one.on('close', () => other.destroy()).on('error', () => undefined)
  }).listen(0, '127.0.0.1')
  await once(line, 'listening')
  const address = line.address()
  const pool = openPool({
    target: { ...target, host: '127.0.0.1', port: typeof address === 'object' ? (address?.port ?? 0) : 0 },
    name: 'silent',
    max: 1,
    patience: { statementMs: 10_000, betweenStatementsMs: 10_000, silenceMs: 300 },
  })
  await pool.query('select 1')
  isSilent = true
  await expect(pool.query('select 2')).rejects.toThrow('PostgreSQL said nothing for 300 ms.')
  const { rows } = await pool.query('select 3 as three')
  expect(rows).toEqual([{ three: 3 }])
  await pool.end()
  line.close()
})

it('F02 a transaction whose process stands still lets go of its rows', async () => {
  const pool = openPool({
    target,
    name: 'frozen',
    max: 1,
    patience: { statementMs: 10_000, betweenStatementsMs: 200, silenceMs: 30_000 },
  })
  const frozen = await pool.connect()
  const ended = new Promise<void>((resolve) => frozen.once('end', () => resolve()))
  await frozen.query('begin')
  await frozen.query('select pg_advisory_xact_lock(4711)')
  await superuser.query('select pg_advisory_lock(4711)')
  await superuser.query('select pg_advisory_unlock(4711)')
  await ended
  frozen.release(true)
  await pool.end()
})

it.each([
  ['lanes', '20s', '10s'],
  ['intake', '20s', '10s'],
  ['worker', '30s', '15s'],
] as const)(
  'T52 the pool %s ends statements after %s and idle transactions after %s',
  async (name, ...limits) => {
    const { rows } = await sql<{ limits: string[] }>`
    select array[current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout')]
      as limits`.execute(databases[name])
    expect(rows).toEqual([{ limits }])
  },
)

import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { clientConfig, loopsOverIndexes } from './connect.ts'
import { preparedPool } from './prepared-pool.ts'

const { target } = await testDatabase()
const pool = new pg.Pool({
  ...clientConfig(target, 'plans', 'parley_worker', undefined, loopsOverIndexes),
  max: 1,
})
afterAll(() => pool.end())

it('plans follow a table that grows, without anybody gathering statistics', async () => {
  let nowMs = 0
  const prepared = preparedPool(pool, () => nowMs)
  const run = async (text: string, values: readonly unknown[]) => {
    const client = await prepared.connect()
    await client.query(text, values)
    client.release()
  }
  await pool.query('create temp table grown (a text, b text, c text) with (autovacuum_enabled = off)')
  // As messages: found by two columns, while another index begins with the same one.
  await pool.query('create index by_a_and_c on grown (a, c)')
  await pool.query('create index by_a_and_b on grown (a, b)')
  const find = 'select 1 from grown where a = $1 and b = $2'
  const indexUsed = async () => {
    const { rows } = await pool.query(`explain execute lanes_0('x', '7')`)
    return /by_a_and_\w/.exec(JSON.stringify(rows))?.[0]
  }
  await run(find, ['x', '7'])
  const planned = await indexUsed()
  await pool.query(`insert into grown select 'x', n, n from generate_series(1, 20000) as n`)
  expect(await indexUsed()).toBe(planned)
  nowMs = 5_000
  await run(find, ['x', '7'])
  expect(await indexUsed()).toBe('by_a_and_b')
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import type { DatabaseTarget } from './connect.ts'
import { migrateDatabase } from './migrate.ts'

const dirs: string[] = []
let dir = ''
let target: DatabaseTarget = {}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'platform-migrations-'))
  dirs.push(dir)
  target = (await testDatabase()).target
  await run('delete from schema_migrations')
})
afterAll(() => Promise.all(dirs.map((path) => rm(path, { recursive: true }))))

async function run(statement: string): Promise<unknown[]> {
  const client = new pg.Client({ ...target })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

describe('migrations', () => {
  it('are applied once and in order, whichever number of hubs starts at once', async () => {
    await writeFile(join(dir, '0001_first.sql'), 'create table first (id int); insert into first values (1)')
    await writeFile(
      join(dir, '0002_second.sql'),
      'alter table first add column note text; insert into first values (2)',
    )
    const runs = await Promise.all([1, 2, 3].map(() => migrateDatabase(target, dir)))
    expect(runs.flatMap(({ applied }) => applied)).toEqual(['0001_first.sql', '0002_second.sql'])
    expect(await run('select id from first order by id')).toEqual([{ id: 1 }, { id: 2 }])
  })

  it('F12 leave nothing behind when one breaks in the middle', async () => {
    await writeFile(join(dir, '0001_first.sql'), 'create table first (id int); select 1 / 0')
    await expect(migrateDatabase(target, dir)).rejects.toThrow('0001_first.sql failed: division by zero')
    expect(await run("select to_regclass('first')::text as found")).toEqual([{ found: null }])
    await writeFile(join(dir, '0001_first.sql'), 'create table first (id int)')
    expect((await migrateDatabase(target, dir)).applied).toEqual(['0001_first.sql'])
  })

  it('begin a new era of the diary in another cluster, and only there', async () => {
    const eras = () => run('select era from event_eras order by era')
    await migrateDatabase(target, dir)
    expect(await eras()).toEqual([{ era: 0 }])
    await run("update event_eras set cluster = 'where the dump was made'")
    for (let start = 0; start < 2; start += 1) await migrateDatabase(target, dir)
    expect(await eras()).toEqual([{ era: 0 }, { era: 1 }])
  })

  it('refuse a file that was changed after it was applied', async () => {
    await writeFile(join(dir, '0001_first.sql'), 'select 1')
    await migrateDatabase(target, dir)
    await writeFile(join(dir, '0001_first.sql'), 'select 2')
    await expect(migrateDatabase(target, dir)).rejects.toThrow('0001_first.sql was changed')
  })

  it('refuse a database that is ahead of the program', async () => {
    await writeFile(join(dir, '0001_first.sql'), 'select 1')
    await writeFile(join(dir, '0002_second.sql'), 'select 1')
    await migrateDatabase(target, dir)
    await rm(join(dir, '0002_second.sql'))
    await expect(migrateDatabase(target, dir)).rejects.toThrow('newer than this Parley')
  })
})

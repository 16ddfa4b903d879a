import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import type { DatabaseTarget } from '../db/connect.ts'

export interface TestDatabase {
  /** Signs in as the owner, like the hub. */
  target: DatabaseTarget
  /** Sees everything and changes anything: for looking at what happened, not for the code under test. */
  superuserTarget: DatabaseTarget
}

/** A database of one's own, cloned from the migrated template. It goes away with the run. */
export async function testDatabase(): Promise<TestDatabase> {
  const host = inject('parleyDatabaseHost')
  const database = `test_${randomBytes(6).toString('hex')}`
  const superuser = { host, user: 'postgres', database: 'postgres' }
  const client = new pg.Client(superuser)
  await client.connect()
  await client.query(`create database ${database} template parley owner parley_owner`)
  await client.end()
  return { target: { host, user: 'parley_owner', database }, superuserTarget: { ...superuser, database } }
}

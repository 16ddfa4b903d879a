import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { createLog } from '../log.ts'
import { systemRandom } from '../random.ts'
import { testDatabase } from '../testing/index.ts'
import { createJobs } from './create-jobs.ts'

const { target, superuserTarget } = await testDatabase()
const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
})

describe('while the database is away', () => {
  it('a start is refused, and the process goes on doing other things', async () => {
    const absent = { ...target, database: 'not_there_yet' }
    const child = fork(
      join(import.meta.dirname, '../testing/early-jobs-process.ts'),
      [JSON.stringify(absent)],
      { execArgv: ['--import', 'tsx'] },
    )
    children.push(child)
    const said = vi.fn()
    child.once('message', said)
    await vi.waitFor(() => expect(said).toHaveBeenCalledWith('refused', undefined), 10_000)
  })

  it('a job is refused, and is taken when the database is back', async () => {
    const database = `${target.database}_later`
    const jobs = createJobs({
      store: { kind: 'postgres', target: { ...target, database } },
      log: createLog({ level: 'silent' }),
      random: systemRandom,
    })
    await expect(jobs.add('late', {})).rejects.toThrow('does not exist')
    await createDatabase(database)
    await jobs.add('late', {})
    await jobs.stop()
  })
})

async function createDatabase(name: string): Promise<void> {
  const client = new pg.Client({ ...superuserTarget, database: 'postgres' })
  await client.connect()
  await client.query(`create database ${name} template parley owner parley_owner`)
  await client.end()
}

import { type ChildProcess, fork } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { DatabaseTarget } from '../connect.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'

const isRoot = process.getuid?.() === 0
let baseDir = ''
let dataDir = ''
const notices: string[] = []
const running: EmbeddedPostgres[] = []
const processes: ChildProcess[] = []
/** Servers of killed hubs. */
const orphans: number[] = []

beforeEach(async () => {
  baseDir = await mkdtemp(join(tmpdir(), 'platform-embedded-'))
  await chmod(baseDir, 0o755)
  dataDir = join(baseDir, 'data')
  notices.length = 0
})

afterEach(async () => {
  for (const child of processes.splice(0)) child.kill('SIGKILL')
  for (const pid of orphans.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGQUIT')
  for (const server of running.splice(0)) {
    await server.stop()
    await rm(server.homeDir, { recursive: true, force: true })
  }
  await rm(baseDir, { recursive: true, force: true })
})

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, onNotice: (notice) => notices.push(notice) })
  running.push(server)
  return server
}

async function stop(server: EmbeddedPostgres): Promise<void> {
  running.splice(running.indexOf(server), 1)
  await server.stop()
}

const hubMessage = z.union([
  z.object({ refusal: z.string() }),
  z.object({
    target: z.object({ host: z.string(), user: z.string(), database: z.string() }),
    processId: z.number(),
  }),
])

/** A hub of its own process on the same data directory. */
async function startHubProcess() {
  const child = fork(join(import.meta.dirname, '../../testing/embedded-process.ts'), [dataDir], {
    execArgv: ['--import', 'tsx'],
  })
  processes.push(child)
  const message = hubMessage.parse(await new Promise((resolve) => child.once('message', resolve)))
  return { child, message }
}

async function startHubToKill() {
  const { child, message } = await startHubProcess()
  if ('refusal' in message) throw new Error(message.refusal)
  orphans.push(message.processId)
  return { child, ...message }
}

async function query(target: DatabaseTarget, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ ...target })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('the embedded PostgreSQL', () => {
  it('serves an owner who is no superuser, with commits on disk, on no network', async () => {
    const { target } = await start()
    expect(
      await query(
        target,
        `select current_user as me, rolsuper, current_setting('fsync') as fsync, current_setting('synchronous_commit') as sync,
          current_setting('listen_addresses') as listens,
          pg_encoding_to_char(encoding) as encoding, datcollate
         from pg_roles, pg_database where rolname = current_user and datname = current_database()`,
      ),
    ).toEqual([
      {
        me: 'parley_owner',
        rolsuper: false,
        fsync: 'on',
        sync: 'on',
        listens: '',
        encoding: 'UTF8',
        datcollate: 'C.UTF-8',
      },
    ])
  })

  it('keeps its rows over a clean stop, which leaves no process behind', async () => {
    const first = await start()
    await query(first.target, 'create table kept as select 1 as id')
    const pid = first.processId() ?? 0
    await stop(first)
    expect(isAlive(pid)).toBe(false)
    const second = await start()
    expect(await query(second.target, 'select id from kept')).toEqual([{ id: 1 }])
  })

  it('is one hub’s: the second on the same data directory says so and stops', async () => {
    const first = await startHubToKill()
    const { message } = await startHubProcess()
    expect(message).toEqual({
      refusal: `Another Parley is running on the data directory ${dataDir}. Stop it first, or set PARLEY_DATA_DIR to another directory.`,
    })
    expect(await query(first.target, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('F01 mends itself after its hub was killed and left the server running', async () => {
    const hub = await startHubToKill()
    await query(hub.target, 'create table kept as select 1 as id')
    hub.child.kill('SIGKILL')
    await vi.waitFor(() => expect(hub.child.signalCode).toBe('SIGKILL'))
    expect(isAlive(hub.processId)).toBe(true)
    const next = await start()
    expect(next.processId()).not.toBe(hub.processId)
    expect(await query(next.target, 'select id from kept')).toEqual([{ id: 1 }])
  })

  it('F03 mends itself after hub and server were killed together', async () => {
    const hub = await startHubToKill()
    await query(hub.target, 'create table kept as select generate_series(1, 50000) as id')
    process.kill(hub.processId, 'SIGKILL')
    hub.child.kill('SIGKILL')
    await vi.waitFor(() => expect(hub.child.signalCode).toBe('SIGKILL'))
    const next = await start()
    expect(await query(next.target, 'select count(*)::int as count from kept')).toEqual([{ count: 50_000 }])
  })

  it('F03 is started again when it is killed under its hub', async () => {
    const server = await start()
    await query(server.target, 'create table kept as select 1 as id')
    process.kill(server.processId() ?? 0, 'SIGKILL')
    await vi.waitFor(async () =>
      expect(await query(server.target, 'select id from kept')).toEqual([{ id: 1 }]),
    )
    expect(notices).toEqual(['PostgreSQL ended unexpectedly and is started again.'])
  })

  it('takes no lock file for a rival whose process id now belongs to another program', async () => {
    const first = await start()
    const clusterDir = join(first.homeDir, 'cluster')
    await stop(first)
    await writeFile(
      join(clusterDir, 'postmaster.pid'),
      `${process.pid}\n${clusterDir}\n1\n5432\n\n\n\nready\n`,
    )
    const second = await start()
    expect(await query(second.target, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('starts over when its first start was interrupted', async () => {
    await mkdir(join(dataDir, 'postgres', 'cluster.part', 'base'), { recursive: true })
    expect(await query((await start()).target, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('finds a shorter place for its socket when the path is too long', async () => {
    dataDir = join(baseDir, 'd'.repeat(120))
    expect(await query((await start()).target, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('says in one sentence that the data directory is not writable', async () => {
    await writeFile(join(baseDir, 'file'), '')
    dataDir = join(baseDir, 'file', 'data')
    await expect(start()).rejects.toThrow(
      `The data directory ${dataDir} is not writable. Point PARLEY_DATA_DIR to one that is.`,
    )
  })

  it.runIf(isRoot)(
    'started as root under a folder closed to others, lives elsewhere and says where',
    async () => {
      await chmod(baseDir, 0o700)
      const server = await start()
      expect(server.homeDir.startsWith(dataDir)).toBe(false)
      expect(notices).toHaveLength(1)
      expect(notices[0]).toContain(server.homeDir)
      await query(server.target, 'create table kept as select 1 as id')
      await stop(server)
      const again = await start()
      expect(again.homeDir).toBe(server.homeDir)
      expect(await query(again.target, 'select id from kept')).toEqual([{ id: 1 }])
    },
  )

  it.runIf(isRoot)('is never left for an empty one when the rights of a folder change', async () => {
    const own = await start()
    await query(own.target, 'create table kept as select 1 as id')
    await stop(own)
    await chmod(baseDir, 0o700)
    await expect(start()).rejects.toThrow(`The database is in ${own.homeDir}, but`)
    await rm(own.homeDir, { recursive: true })

    const moved = await start()
    await stop(moved)
    await chmod(baseDir, 0o755)
    expect((await start()).homeDir).toBe(moved.homeDir)
  })

  it('refuses a second hub also while the first one is frozen', async () => {
    const first = await startHubToKill()
    first.child.kill('SIGSTOP')
    await delay(50)
    const { message } = await startHubProcess()
    expect(message).toHaveProperty('refusal')
    first.child.kill('SIGCONT')
  })
})

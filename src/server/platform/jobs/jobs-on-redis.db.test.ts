import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createLog } from '../log.ts'
import { systemRandom } from '../random.ts'
import { Secret } from '../secret.ts'
import { describeJobs } from '../testing/jobs-conformance.ts'
import { createJobs } from './create-jobs.ts'

const log = createLog({ level: 'silent' })
let dir = ''
let url = ''
let port = 0
let server: ChildProcess | undefined

describe.runIf(isRedisAtHand())('with REDIS_URL', () => {
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'platform-redis-'))
    port = await freePort()
    url = `redis://127.0.0.1:${port}`
    await startRedis()
  })
  afterAll(async () => {
    server?.kill('SIGKILL')
    await rm(dir, { recursive: true, force: true })
  })

  const open = (renewEveryMs?: number) =>
    createJobs({
      store: { kind: 'redis', url: new Secret(url) },
      log,
      random: systemRandom,
      ...(renewEveryMs === undefined ? {} : { renewEveryMs }),
    })

  describeJobs('Redis', open)

  it('F13 jobs that repeat come back after Redis was emptied', async () => {
    const hub = open(300)
    let runs = 0
    hub.define(
      'sweep',
      async () => {
        runs += 1
      },
      { repeat: { everyMs: 200 } },
    )
    await hub.start()
    await vi.waitFor(() => expect(runs).toBeGreaterThan(0), { timeout: 5_000 })
    await emptyRedis()
    const before = runs
    await vi.waitFor(() => expect(runs).toBeGreaterThan(before + 3), { timeout: 10_000 })
    await hub.stop()
  })

  it('F13 jobs go on after Redis was killed and is back', async () => {
    const hub = open()
    const seen: unknown[] = []
    hub.define('note', async (data) => void seen.push(data.n))
    await hub.start()
    await hub.add('note', { n: 1 })
    await vi.waitFor(() => expect(seen).toEqual([1]), { timeout: 5_000 })
    server?.kill('SIGKILL')
    await expect(hub.add('note', { n: 2 })).rejects.toThrow()
    await startRedis()
    await hub.add('note', { n: 3 })
    await vi.waitFor(() => expect(seen).toContain(3), { timeout: 15_000 })
    await hub.stop()
  })
})

async function startRedis(): Promise<void> {
  const places = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir]
  const args = [...places, '--save', '', '--appendonly', 'yes', '--appendfsync', 'always']
  const started = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] })
  server = started
  await new Promise<void>((resolve) => {
    started.stdout.on('data', (chunk) => {
      if (String(chunk).includes('Ready to accept connections')) resolve()
    })
  })
}

async function emptyRedis(): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.end('FLUSHALL\r\n')
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toBe('+OK\r\n')
}

/** The server from the system's packages, and the driver, which only installations with REDIS_URL need. */
function isRedisAtHand(): boolean {
  if (spawnSync('redis-server', ['--version']).status !== 0) return false
  try {
    createRequire(import.meta.url).resolve('ioredis')
    return true
  } catch {
    return false
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { createLog } from '../log.ts'
import { systemRandom } from '../random.ts'
import { Secret } from '../secret.ts'
import { describeJobs } from '../testing/jobs-conformance.ts'
import { createJobs } from './create-jobs.ts'

const log = createLog({ level: 'silent' })
let dir = ''
let url = ''
let server: ChildProcess | undefined

describe.runIf(isRedisAtHand())('with REDIS_URL', () => {
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'platform-redis-'))
    const port = await freePort()
    const args = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      dir,
      '--save',
      '',
      '--appendonly',
      'yes',
    ]
    server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] })
    await new Promise<void>((resolve) => {
      server?.stdout?.on('data', (chunk) => {
        if (String(chunk).includes('Ready to accept connections')) resolve()
      })
    })
    url = `redis://127.0.0.1:${port}`
  })
  afterAll(async () => {
    server?.kill('SIGKILL')
    await rm(dir, { recursive: true, force: true })
  })

  describeJobs('Redis', () =>
    createJobs({ store: { kind: 'redis', url: new Secret(url) }, log, random: systemRandom }),
  )
})

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

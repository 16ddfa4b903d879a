import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../clock.ts'
import { type Config, readConfig } from '../config.ts'
import type { Ctx } from '../context.ts'
import { createSecrets } from '../crypto.ts'
import { createLog } from '../log.ts'
import { createMetrics } from '../metrics.ts'
import { systemRandom } from '../random.ts'
import { Secret } from '../secret.ts'
import { createWake } from '../wake.ts'

/** A configuration as `npm start` has it, except that receivers on this machine are allowed. */
export function testConfig(overrides: Partial<Config> = {}): Config {
  const dataDir = join(tmpdir(), `parley-test-data-${randomBytes(4).toString('hex')}`)
  return {
    ...readConfig({
      PARLEY_DATA_DIR: dataDir,
      PARLEY_ALLOW_PRIVATE_WEBHOOKS: '1',
      PARLEY_CHECK_RESPONSES: '1',
    }),
    secretKey: new Secret(randomBytes(32).toString('hex')),
    ...overrides,
  }
}

export type ContextWithoutDatabase = Omit<Ctx, 'db' | 'live' | 'jobs' | 'egress'>

/** The parts of a context that need no database, for tests that run without one. */
export function testParts(overrides: Partial<Config> = {}): ContextWithoutDatabase {
  return {
    config: testConfig(overrides),
    log: createLog({ level: 'silent' }),
    clock: systemClock,
    random: systemRandom,
    secrets: createSecrets(new Secret(randomBytes(32).toString('hex'))),
    wake: createWake(),
    metrics: createMetrics(),
    stopping: new AbortController().signal,
  }
}

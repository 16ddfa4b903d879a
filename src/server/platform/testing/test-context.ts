import { afterAll } from 'vitest'
import type { Config } from '../config.ts'
import type { Clock, Ctx, Random } from '../context.ts'
import { createContext } from '../create-context.ts'
import { createLog } from '../log.ts'
import { type TestDatabase, testDatabase } from './test-database.ts'
import { testConfig } from './test-parts.ts'

export interface TestContextOptions {
  clock?: Clock
  random?: Random
  config?: Partial<Config>
  /** Left out: one of its own. */
  database?: TestDatabase
}

/**
 * A whole context on a database of its own, real parts only. Call it at the top of a test file
 * (`const ctx = await testCtx()`): it is closed when the file's tests are over.
 */
export async function testCtx({ config, database, ...parts }: TestContextOptions = {}): Promise<Ctx> {
  const { target } = database ?? (await testDatabase())
  const { ctx, close } = await createContext({
    config: testConfig(config),
    target,
    log: createLog({ level: 'silent' }),
    ...parts,
  })
  afterAll(close)
  return ctx
}

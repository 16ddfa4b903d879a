import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import type { Clock, Ctx, Random } from './context.ts'
import { createSecrets, provideMasterKey } from './crypto.ts'
import { type DatabaseTarget, openDatabases } from './db/connect.ts'
import { createEgress } from './egress/create-egress.ts'
import { findOwnAddresses } from './egress/own-addresses.ts'
import { followDatabase } from './follow-database.ts'
import { createJobs } from './jobs/create-jobs.ts'
import { createLive } from './live.ts'
import { createLog, type Logger } from './log.ts'
import { createMetrics } from './metrics.ts'
import { systemRandom } from './random.ts'
import { createWake } from './wake.ts'

export interface ContextParts {
  config: Config
  /** A migrated database. */
  target: DatabaseTarget
  log?: Logger
  /** Left out: the machine's, put right by the database's. */
  clock?: Clock
  random?: Random
}

export interface OpenContext {
  ctx: Ctx
  /** Tells workers to take no new work. */
  stop(): void
  /** Ends jobs, live connection, egress and pools. Call after the workers have ended. */
  close(): Promise<void>
}

/** Builds the context from its parts; all other connections are opened when first used. */
export async function createContext(parts: ContextParts): Promise<OpenContext> {
  const { config, target, random = systemRandom } = parts
  const log = parts.log ?? createLog({ level: config.logLevel })
  const stopping = new AbortController()
  const secrets = createSecrets(await provideMasterKey(config.secretKey, config.dataDir))
  const db = openDatabases({
    target,
    onIdleError: (error) => log.warn({ reason: error.message }, 'database connection broke'),
  })
  const clock =
    parts.clock ?? (await followDatabase(systemClock, { db: db.worker, log, signal: stopping.signal }))
  const live = createLive({ target, clock, log })
  const store = config.redisUrl
    ? { kind: 'redis' as const, url: config.redisUrl }
    : { kind: 'postgres' as const, target }
  const jobs = createJobs({ store, log, random })
  const egress = createEgress({
    isPrivateAllowed: config.allowPrivateWebhooks,
    networks: config.webhookNetworks,
    ownAddresses: await findOwnAddresses(config.databaseUrl?.reveal() ?? null),
  })

  return {
    ctx: {
      config,
      db,
      log,
      clock,
      random,
      secrets,
      live,
      jobs,
      egress,
      wake: createWake(),
      metrics: createMetrics({ processMetrics: true }),
      stopping: stopping.signal,
    },
    stop: () => stopping.abort(),
    close: async () => {
      stopping.abort()
      await jobs.stop()
      await live.stop()
      await egress.close()
      await db.close()
    },
  }
}

import {
  createPostgresBackend,
  isPgPool,
  type Job,
  type JobsOptions,
  type PgPool,
  Queue,
  type RepeatOptions,
  Worker,
} from 'bullmq'
import { type DatabaseTarget, endPool, openPool } from '../db/connect.ts'
import type { Secret } from '../secret.ts'
import type { JobData } from './jobs.ts'

export type JobStore = { kind: 'postgres'; target: DatabaseTarget } | { kind: 'redis'; url: Secret }

/** What we use of a queue, whichever store keeps it. */
export interface JobQueue {
  add(name: string, data: JobData, options: JobsOptions): Promise<unknown>
  upsertJobScheduler(
    id: string,
    repeat: Omit<RepeatOptions, 'key'>,
    template: { name: string; data: JobData; opts: Omit<JobsOptions, 'jobId' | 'repeat' | 'delay'> },
  ): Promise<unknown>
  removeJobScheduler(id: string): Promise<unknown>
  on(event: 'error', listener: (error: Error) => void): unknown
  close(): Promise<void>
}

export interface JobWorker {
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'failed', listener: (job: Job | undefined, error: Error) => void): unknown
  waitUntilReady(): Promise<unknown>
  close(force?: boolean): Promise<void>
}

export type JobProcessor = (job: Job<JobData>) => Promise<void>

export interface JobConnections {
  queue(name: string): JobQueue
  worker(name: string, processor: JobProcessor, concurrency: number): JobWorker
  close(): Promise<void>
}

/** A killed process' job goes to another within seconds; with the library's defaults it would take a minute. */
const takeover = { lockDuration: 4_000, stalledInterval: 1_000, maxStalledCount: 1_000 }
/** Each worker keeps one connection for listening; the rest is shared. */
const listenersMax = 30
const sharedMax = 6

export function openJobStore(store: JobStore, onIdleError: (error: Error) => void): JobConnections {
  return store.kind === 'redis' ? onRedis(store.url) : onPostgres(store.target, onIdleError)
}

function onPostgres(target: DatabaseTarget, onIdleError: (error: Error) => void): JobConnections {
  const max = listenersMax + sharedMax
  const pool = openPool({
    target,
    name: 'jobs',
    role: 'parley_worker',
    searchPath: 'bullmq',
    max,
    onIdleError,
  })
  // Each queue and each worker listens for errors; more than ten of them are no leak.
  pool.setMaxListeners(0)
  const connection = asLibraryPool(pool)
  return {
    queue: (name) => new Queue(name, { connection }, createPostgresBackend),
    worker: (name, processor, concurrency) =>
      new Worker(name, processor, { connection, concurrency, ...takeover }, createPostgresBackend),
    close: () => endPool(pool),
  }
}

/** The library's own check bridges its description of a pool and the driver's. */
function asLibraryPool(pool: unknown): PgPool {
  if (!isPgPool(pool)) throw new Error('The job library does not take this pool.')
  return pool
}

function onRedis(url: Secret): JobConnections {
  const prefix = 'parley'
  // Whoever adds a job waits for the answer and must get one; a worker waits for Redis as long as it takes.
  const adding = { url: url.reveal(), maxRetriesPerRequest: 2 }
  const working = { url: url.reveal(), maxRetriesPerRequest: null }
  return {
    queue: (name) => new Queue(name, { connection: adding, prefix }),
    worker: (name, processor, concurrency) =>
      new Worker(name, processor, { connection: working, prefix, concurrency, ...takeover }),
    close: async () => undefined,
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
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
import type { Pool, PoolClient } from 'pg'
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
  close(): Promise<void>
}

export interface JobWorker {
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'failed', listener: (job: Job | undefined, error: Error) => void): unknown
  waitUntilReady(): Promise<unknown>
  /** To be called once, when ready: the loop over a connection that failed would never let go of the process. */
  run(): Promise<void>
  close(force?: boolean): Promise<void>
}

export type JobProcessor = (job: Job<JobData>) => Promise<void>

export interface JobConnections {
  /** Ready to add jobs. One that fails here is of no use for ever: the library remembers it. */
  queue(name: string, onError: (error: Error) => void): Promise<JobQueue>
  worker(name: string, processor: JobProcessor, concurrency: number): JobWorker
  close(): Promise<void>
}

/** A killed process' job goes to another within seconds; with the library's defaults it would take a minute. */
const takeover = { lockDuration: 4_000, stalledInterval: 1_000, maxStalledCount: 1_000 }
/** Each worker keeps one connection for listening; the rest is shared. */
const listenersMax = 2
const sharedMax = 6
const failureTakesMs = 500

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
  failSlowly(pool)
  const connection = asLibraryPool(pool)
  return {
    queue: async (name, onError) => {
      const queue = new Queue(name, { connection }, createPostgresBackend)
      queue.on('error', onError)
      await queue.waitUntilReady()
      return queue
    },
    worker: (name, processor, concurrency) =>
      new Worker(
        name,
        processor,
        { connection, concurrency, autorun: false, ...takeover },
        createPostgresBackend,
      ),
    close: () => endPool(pool),
  }
}

type Connected = Parameters<Parameters<Pool['connect']>[0]>

/** While the database is away the library asks again at once, thousands of times a second: a failure takes a moment. */
function failSlowly(pool: Pool): void {
  const connect = pool.connect.bind(pool)
  function connectOrWait(): Promise<PoolClient>
  function connectOrWait(callback: (...connected: Connected) => void): void
  function connectOrWait(callback?: (...connected: Connected) => void): Promise<PoolClient> | undefined {
    if (callback === undefined) {
      return connect().catch(async (error: unknown) => {
        await sleep(failureTakesMs)
        throw error
      })
    }
    connect((...connected) => {
      if (connected[0] === undefined) callback(...connected)
      else setTimeout(callback, failureTakesMs, ...connected)
    })
    return undefined
  }
  pool.connect = connectOrWait
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
    // Not waited for: the library would wait for its store for ever, and each call tells by itself that it is away.
    queue: async (name, onError) => {
      const queue = new Queue(name, { connection: adding, prefix })
      queue.on('error', onError)
      return queue
    },
    worker: (name, processor, concurrency) =>
      new Worker(name, processor, {
        connection: working,
        prefix,
        concurrency,
        autorun: false,
        ...takeover,
      }),
    close: async () => undefined,
  }
}

import { ErrorCode, type Job, type JobsOptions, type RepeatOptions } from 'bullmq'
import { systemClock } from '../clock.ts'
import { ConfigError } from '../config-environment.ts'
import type { Random } from '../context.ts'
import type { Logger } from '../log.ts'
import { type JobQueue, type JobStore, type JobWorker, openJobStore } from './job-store.ts'
import type { AddJobOptions, JobData, JobHandler, JobOptions, Jobs } from './jobs.ts'

const stopTimeoutMs = 10_000
const readyTimeoutMs = 10_000
/** So that a schedule that has changed since is taken over even where the old one's run is due at this moment. */
const scheduleTries = 5
const scheduleAgainMs = 200

interface Definition {
  handler: JobHandler
  options: JobOptions
}

/** Each worker keeps a connection and looks for stalled jobs every second: two for all names, not one for each. */
const placesByQueue = { quick: 8, long: 3 }
type QueueName = keyof typeof placesByQueue

const renewSchedulesEveryMs = 5 * 60_000

interface JobsParts {
  store: JobStore
  log: Logger
  random: Random
  /** Left out: five minutes. */
  renewEveryMs?: number
}

/** BullMQ behind the few words of ours. */
export function createJobs({ store, log, random, renewEveryMs = renewSchedulesEveryMs }: JobsParts): Jobs {
  const definitions = new Map<string, Definition>()
  const queues = new Map<QueueName, Promise<JobQueue>>()
  const workers: JobWorker[] = []
  const stopping = new AbortController()
  let renewing: Promise<void> | undefined
  const connections = openJobStore(store, (error) => log.warn({ error }, 'job connection broke'))

  function queueOf(job: string): Promise<JobQueue> {
    const name = definitions.get(job)?.options.isLong ? 'long' : 'quick'
    const existing = queues.get(name)
    if (existing) return existing
    const onError = (error: Error) => log.warn({ error, queue: name }, 'job queue connection failed')
    const opening = connections.queue(name, onError).catch((error: unknown) => {
      // The next call gets a fresh one: the store may be back by then.
      queues.delete(name)
      throw error
    })
    queues.set(name, opening)
    return opening
  }

  async function startWorker(name: QueueName): Promise<void> {
    const worker = connections.worker(name, run, placesByQueue[name])
    worker.on('error', (error) => log.warn({ error, queue: name }, 'job worker connection failed'))
    worker.on('failed', (job, error) =>
      log.error({ error, job: job?.name, job_id: job?.id, attempt: job?.attemptsMade }, 'job failed'),
    )
    workers.push(worker)
    await readyInTime(worker)
    worker.run().catch((error: unknown) => log.error({ error, queue: name }, 'job worker ended'))
  }

  async function scheduleAll(): Promise<void> {
    await Promise.all(
      [...definitions].map(async ([name, { options }]) => schedule(await queueOf(name), name, options)),
    )
  }

  /** A Redis that was emptied has lost them, and with them whatever looks for other work that was lost. */
  async function renewSchedules(): Promise<void> {
    while (!stopping.signal.aborted) {
      await systemClock.sleep(renewEveryMs, stopping.signal)
      if (stopping.signal.aborted) return
      await scheduleAll().catch((error: unknown) => log.warn({ error }, 'job schedules not renewed'))
    }
  }

  async function run(job: Job<JobData>): Promise<void> {
    const { name } = job
    const definition = definitions.get(name)
    // Of a newer hub beside this one: it is tried again, until it meets a process that knows it.
    if (definition === undefined) throw new Error(`This hub knows no job "${name}".`)
    const startedAt = performance.now()
    const jobId = job.id ?? ''
    const attempt = job.attemptsMade + 1
    await definition.handler(job.data, { jobId, attempt, signal: stopping.signal })
    const done = { job: name, job_id: jobId, attempt, ms: Math.round(performance.now() - startedAt) }
    // What comes round every minute by itself would bury the rest.
    if (definition.options.repeat) log.debug(done, 'job done')
    else log.info(done, 'job done')
  }

  return {
    define: (name, handler, options = {}) => {
      definitions.set(name, { handler, options })
    },
    add: async (name, data, options = {}) => {
      const settings = definitions.get(name)?.options ?? {}
      const queue = await queueOf(name)
      await queue.add(name, data, { ...keepOptions(settings), ...addOptions(name, options, random) })
    },
    start: async () => {
      await Promise.all([startWorker('quick'), startWorker('long')])
      await scheduleAll()
      renewing = renewSchedules()
    },
    stop: async (timeoutMs = stopTimeoutMs) => {
      stopping.abort()
      await renewing
      await Promise.all(workers.map((worker) => closeWithin(worker, timeoutMs)))
      await Promise.all([...queues.values()].map(async (opening) => (await opening).close()))
      await connections.close()
    },
  }
}

/** The library would wait for its store for ever. */
async function readyInTime(worker: JobWorker): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    const error = new ConfigError(
      'The job store can not be reached. Check REDIS_URL, or leave it out to use PostgreSQL.',
    )
    timer = setTimeout(() => reject(error), readyTimeoutMs)
  })
  await Promise.race([worker.waitUntilReady(), tooLate]).finally(() => clearTimeout(timer))
}

/** Every process upserts the same schedule; the store keeps one, and one due run of it. */
async function schedule(queue: JobQueue, name: string, options: JobOptions): Promise<void> {
  if (!options.repeat) {
    await queue.removeJobScheduler(name)
    return
  }
  const template = { name, data: {}, opts: keepOptions(options) }
  for (let triesLeft = scheduleTries; triesLeft > 0; triesLeft -= 1) {
    try {
      await queue.upsertJobScheduler(name, repeatOptions(options.repeat), template)
      return
    } catch (error) {
      const isLast = triesLeft === 1
      if (!isAlreadyDue(error) && (isLast || !isDeadlock(error))) throw error
      await systemClock.sleep(scheduleAgainMs)
    }
  }
}

/** Another process, or this one before it died, has just made the next run: the schedule is there. */
function isAlreadyDue(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false
  return error.code === ErrorCode.SchedulerJobIdCollision || error.code === ErrorCode.SchedulerJobSlotsBusy
}

/** Hubs that start together, and workers that take the first runs, lock the same rows in different orders. */
function isDeadlock(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '40P01'
}

function keepOptions({ attemptsMax = 5 }: JobOptions) {
  // A kept job would hold its id and make the next `add` of that id a silent no-op.
  const backoff = { type: 'exponential', delay: 1_000 }
  return { attempts: attemptsMax, backoff, removeOnComplete: true, removeOnFail: true }
}

/** Ids are always ours: the PostgreSQL store would make a sequence per queue for its own, and the worker role makes no tables. */
function addOptions(name: string, { jobId, delayMs }: AddJobOptions, random: Random): JobsOptions {
  // The library keeps colons for itself.
  const id = jobId === undefined ? random.uuid() : `${name}-${jobId}`.replaceAll(':', '-')
  return { jobId: id, ...(delayMs ? { delay: delayMs } : {}) }
}

function repeatOptions(repeat: NonNullable<JobOptions['repeat']>): Omit<RepeatOptions, 'key'> {
  if ('everyMs' in repeat) return { every: repeat.everyMs }
  return { pattern: repeat.cron, tz: repeat.timeZone ?? 'UTC' }
}

/** What still runs after the wait is left to another process, or to the next start. */
async function closeWithin(worker: JobWorker, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const hasTimedOut = await Promise.race([
    worker.close().then(() => false),
    new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(true), timeoutMs)
    }),
  ])
  clearTimeout(timer)
  if (hasTimedOut) await worker.close(true)
}

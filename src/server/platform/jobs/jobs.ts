/** What a handler is told beside its data. */
export interface JobRun {
  jobId: string
  /** 1 at the first try. A job may also run twice without failing: write handlers so that this is harmless. */
  attempt: number
  /** Aborted when the hub stops: finish or throw within seconds, the job is taken up again. */
  signal: AbortSignal
}

/** Ids only: the rows are the truth, a job is a reminder to look at them. */
export type JobData = Record<string, string | number | boolean | null>

export type JobHandler = (data: JobData, run: JobRun) => Promise<void>

export interface JobOptions {
  /** Takes minutes rather than moments: such jobs have places of their own, so that many imports can't hold up mail. */
  isLong?: boolean
  /** Tries before the job counts as failed; 5 by default, waiting 1 s, 2 s, 4 s … between. */
  attemptsMax?: number
  /** Runs by itself, once per due time whatever number of hubs: a five- or six-field pattern, or an interval. */
  repeat?: { cron: string; timeZone?: string } | { everyMs: number }
}

export interface AddJobOptions {
  /** While a job of this id waits or runs, adding it again changes nothing. */
  jobId?: string
  delayMs?: number
}

/** Work that is not hot: imports, exports, media, template sync, mail, retention. Hot work runs on lanes. */
export interface Jobs {
  /** Call before start(). */
  define(name: string, handler: JobHandler, options?: JobOptions): void
  /** Works from every process, also one that does not run workers. */
  add(name: string, data: JobData, options?: AddJobOptions): Promise<void>
  start(): Promise<void>
  /** Takes no new jobs, waits for running ones at most `timeoutMs` (10 s by default). */
  stop(timeoutMs?: number): Promise<void>
}

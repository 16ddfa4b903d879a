import type { Config } from './config.ts'
import type { Databases } from './db/databases.ts'
import type { Egress } from './egress/egress.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'

/** The hub's surroundings. Built once in app, handed to every use case as its first argument. */
export interface Ctx {
  config: Config
  db: Databases
  log: Logger
  clock: Clock
  random: Random
  secrets: Secrets
  live: Live
  jobs: Jobs
  egress: Egress
  wake: Wake
  metrics: Metrics
  /** Aborted when the hub stops: workers take no new work and finish what is in flight. */
  stopping: AbortSignal
}

export interface Clock {
  /** Wall clock, for showing and storing; never to measure or to decide expiry between machines. */
  now(): Date
  /** Milliseconds that only go forward; compare only with other readings of this process. */
  monotonicMs(): number
  /** Resolves after `ms`, or at once when `signal` is aborted. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export interface Random {
  /** `<prefix>_<32 hex>`, sorts by time of creation. */
  id(prefix: string): string
  /** Unguessable, base64url; 32 bytes by default. */
  token(byteCount?: number): string
  uuid(): string
  /** 0 ≤ n < 1, for jitter; not for secrets. */
  number(): number
}

export interface Secrets {
  /** AES-256-GCM. `aad` names the row and column ("connectors:con_…:access_token"): moved elsewhere, it can't be opened. */
  seal(plain: string, aad: string): Buffer
  /** Throws ParleyError('internal') when the key, the bytes or the `aad` differ from those at sealing. */
  open(sealed: Buffer, aad: string): string
  /** HMAC-SHA256 under the hub's key, base64url. For tags that come back to us; compare with `isMac`. */
  mac(text: string): string
  isMac(text: string, mac: string): boolean
}

/** What changed, for the browser to fetch anew. Ids only: a notification carries no content. */
export interface LiveChange {
  topic: string
  id: string
}

export interface Live {
  /** Tells every process' subscribers of this workspace; merged to at most 20 notifications a second. */
  changed(workspaceId: string, change: LiveChange): void
  /** Returns the function that ends the subscription. */
  subscribe(workspaceId: string, listener: (change: LiveChange) => void): () => void
}

/** In-process nudge for workers that poll: makes them quicker, never more right. */
export interface Wake {
  signal(topic: string): void
  /** Resolves when the topic is signalled (also when that happened since the last wait), after `timeoutMs`, or when aborted. */
  wait(topic: string, timeoutMs: number, signal?: AbortSignal): Promise<void>
}

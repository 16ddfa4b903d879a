import { Pool } from 'undici'

export interface PoolOptions {
  /** Sockets per provider address for sending; each carries one request at a time. */
  connections: number
}

/** Sends have sockets of their own, so that a template sync can't make a message wait, nor the other way round. */
export type Lane = 'send' | 'manage'

const manageConnections = 8
const connectTimeoutMs = 5000
// Shorter than the 5 s after which many servers close an idle socket: a request written into a closing socket
// has an unknown outcome.
const keepAliveMs = 4000

/** Keeps one pool per address and lane; never the built-in fetch, which is eight times slower here. */
export class Pools {
  readonly #options: PoolOptions
  readonly #pools = new Map<string, Pool>()

  constructor(options: PoolOptions) {
    this.#options = options
  }

  get(origin: string, lane: Lane): Pool {
    const key = `${lane} ${origin}`
    const known = this.#pools.get(key)
    if (known) return known
    const pool = new Pool(origin, {
      connections: lane === 'send' ? this.#options.connections : manageConnections,
      pipelining: 1,
      keepAliveTimeout: keepAliveMs,
      keepAliveMaxTimeout: keepAliveMs,
      allowH2: false,
      connect: { timeout: connectTimeoutMs },
      // Each exchange has a deadline of its own.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    this.#pools.set(key, pool)
    return pool
  }

  async close(): Promise<void> {
    const pools = [...this.#pools.values()]
    this.#pools.clear()
    await Promise.all(pools.map((pool) => pool.destroy()))
  }
}

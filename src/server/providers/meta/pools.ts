import { type buildConnector, Pool } from 'undici'
import { guardConnections } from '../../platform/index.ts'

export interface PoolOptions {
  /** Sockets per provider address for sending; each carries one request at a time. */
  connections: number
  /** For hosts that somebody else named; into private networks it leads nowhere unless told otherwise. */
  connectOutside?: buildConnector.connector
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
  readonly #connectOutside: buildConnector.connector
  readonly #pools = new Map<string, Pool>()

  constructor(options: PoolOptions) {
    this.#options = options
    this.#connectOutside = options.connectOutside ?? guardConnections({ isPrivateAllowed: false })
  }

  get(origin: string, lane: Lane): Pool {
    return this.#open(`${lane} ${origin}`, origin, {
      connections: lane === 'send' ? this.#options.connections : manageConnections,
      connect: { timeout: connectTimeoutMs },
    })
  }

  /** For an address that a provider told us, and not our configuration: each connection is vetted. */
  getOutside(origin: string): Pool {
    return this.#open(`outside ${origin}`, origin, {
      connections: manageConnections,
      connect: this.#connectOutside,
    })
  }

  #open(key: string, origin: string, options: Pick<Pool.Options, 'connections' | 'connect'>): Pool {
    const known = this.#pools.get(key)
    if (known) return known
    const pool = new Pool(origin, {
      ...options,
      pipelining: 1,
      keepAliveTimeout: keepAliveMs,
      keepAliveMaxTimeout: keepAliveMs,
      allowH2: false,
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

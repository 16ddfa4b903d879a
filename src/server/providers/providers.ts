import { type Ctx, guardConnections, type Logger } from '../platform/index.ts'
import { type Channel, createChannel } from './channel.ts'
import { createGupshupClient } from './gupshup/create-gupshup-client.ts'
import type { GupshupClient } from './gupshup/gupshup-client.ts'
import { createMetaClient } from './meta/create-meta-client.ts'
import type { MetaClient } from './meta/meta-client.ts'
import { Pools } from './meta/pools.ts'
import { createSandboxClient, type SandboxClient } from './sandbox/sandbox-client.ts'

/** The ways out to providers, with the sockets they hold. One per process, built in app. */
export interface Providers {
  /** What every provider can do, whichever a number is connected through. */
  channel: Channel
  meta: MetaClient
  gupshup: GupshupClient
  sandbox: SandboxClient
  /** Ends the sockets; requests still in flight fail. */
  close(): Promise<void>
}

/** The context of the rooms that talk to providers. */
export interface ServerCtx extends Ctx {
  providers: Providers
}

export interface ProvidersOptions {
  log: Logger
  /** Sockets for sending, per provider address; each carries one request at a time. 512 by default. */
  connections?: number
  /** Whether files may lie in a private network, as with a gateway of one's own. */
  isPrivateAllowed?: boolean
}

// 1,000 messages a second at 300 ms each need 300 sockets; the rest is for a slow day.
const connectionsDefault = 512

export function createProviders({
  log,
  connections = connectionsDefault,
  isPrivateAllowed = false,
}: ProvidersOptions): Providers {
  const pools = new Pools({ connections, connectOutside: guardConnections({ isPrivateAllowed }) })
  const meta = createMetaClient(pools)
  const gupshup = createGupshupClient(pools)
  return {
    channel: createChannel(meta, gupshup),
    meta,
    gupshup,
    sandbox: createSandboxClient(pools),
    async close() {
      await pools.close()
      log.debug('provider connections closed')
    },
  }
}

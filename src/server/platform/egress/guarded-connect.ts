import { isIP, type Socket } from 'node:net'
import ipaddr from 'ipaddr.js'
import { buildConnector } from 'undici'
import { createResolve, type Resolve } from './resolve-host.ts'
import { hostOf, type Refusal } from './url-rules.ts'
import { type EgressPolicy, vetUrl } from './vet-url.ts'

/** Carries a refusal through undici's connector, which only knows errors. */
export class RefusedConnection extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

export interface GuardOptions extends Partial<EgressPolicy> {
  isPrivateAllowed: boolean
  /** For tests: forbidden addresses must be provable without contacting them. */
  resolve?: Resolve
  connector?: buildConnector.connector
}

/** Short enough that a second address of the name gets its turn before the deadline of the request. */
const connectTimeoutMs = 5_000

/**
 * Opens connections only to addresses vetted in the same breath: the name is resolved here and the connection goes
 * to the address found, so a name can't point elsewhere in between. SNI and certificate check keep the name.
 */
export function guardConnections({
  isPrivateAllowed,
  networks = [],
  ownAddresses = new Set(),
  resolve = createResolve(isPrivateAllowed || networks.length > 0),
  connector = buildConnector({ timeout: connectTimeoutMs }),
}: GuardOptions): buildConnector.connector {
  const policy = { isPrivateAllowed, networks, ownAddresses }
  return (request, callback) => {
    connectVetted(request, { connector, resolve, policy }).then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    )
  }
}

async function connectVetted(
  request: buildConnector.Options,
  {
    connector,
    resolve,
    policy,
  }: { connector: buildConnector.connector; resolve: Resolve; policy: EgressPolicy },
): Promise<Socket> {
  const url = urlOf(request)
  const host = hostOf(url)
  const vetted = await vetUrl(url, resolve, policy)
  if ('reason' in vetted) throw new RefusedConnection(vetted)

  let failure: unknown
  for (const address of vetted.addresses) {
    try {
      // An address has no name to show in TLS.
      const servername = isIP(host) ? undefined : host
      const target = { ...request, hostname: address, host: address, ...(servername ? { servername } : {}) }
      const socket = await connectOnce(connector, target)
      if (isSameAddress(socket.remoteAddress, address)) return socket
      socket.destroy()
      throw new RefusedConnection({
        reason: 'address_not_allowed',
        message: 'The connection reached another address.',
      })
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

function urlOf({ protocol, hostname, port }: buildConnector.Options): URL {
  const host = isIP(hostname) === 6 ? `[${hostname}]` : hostname
  return new URL(`${protocol}//${host}${port ? `:${port}` : ''}`)
}

function connectOnce(connector: buildConnector.connector, target: buildConnector.Options): Promise<Socket> {
  return new Promise((resolve, reject) => {
    connector(target, (...[error, socket]: buildConnector.CallbackArgs) =>
      socket ? resolve(socket) : reject(error),
    )
  })
}

function isSameAddress(actual: string | undefined, wanted: string): boolean {
  if (!actual || !ipaddr.isValid(actual)) return false
  return ipaddr.process(actual).toNormalizedString() === ipaddr.process(wanted).toNormalizedString()
}

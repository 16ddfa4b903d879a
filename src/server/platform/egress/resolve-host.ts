import { lookup, Resolver } from 'node:dns/promises'

/** All addresses of a name, IPv4 and IPv6; empty when there are none. Rejects when no name server answers. */
export type Resolve = (host: string) => Promise<string[]>

/** How it is said that a name has no address of this kind, or can't be a name. */
const saysNone = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME'])

/** Asks the name server itself: the system's resolver shares four threads with files and password hashing. */
export function createResolve(isPrivateAllowed: boolean): Resolve {
  const resolver = new Resolver({ timeout: 2_000, tries: 1 })
  return async (host) => {
    const families = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
    const found = families.flatMap((family) => (family.status === 'fulfilled' ? family.value : []))
    if (found.length > 0) return found
    // Names of a private network may stand in the hosts file only.
    const local = isPrivateAllowed ? await lookup(host, { all: true }).catch(() => []) : []
    const unanswered = families.find(isUnanswered)
    if (local.length === 0 && unanswered) throw unanswered.reason
    return local.map(({ address }) => address)
  }
}

function isUnanswered(family: PromiseSettledResult<unknown>): family is PromiseRejectedResult {
  if (family.status === 'fulfilled') return false
  const reason: unknown = family.reason
  return !(reason instanceof Error && 'code' in reason && saysNone.has(String(reason.code)))
}

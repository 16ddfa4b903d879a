import { lookup, Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isAllowedAddress } from './addresses.ts'
import { addressRefusal, type Refusal } from './url-rules.ts'

/** All addresses of a name, IPv4 and IPv6; empty when there are none. */
export type Resolve = (host: string) => Promise<string[]>

const answersMax = 16

/** The addresses a connection may go to; those of private networks are left out. */
export async function vetHost(
  host: string,
  resolve: Resolve,
  isPrivateAllowed: boolean,
): Promise<string[] | Refusal> {
  const answers = isIP(host) ? [host] : (await resolve(host)).slice(0, answersMax)
  if (answers.length === 0) return { reason: 'name_not_found', message: `The name ${host} has no address.` }
  const allowed = answers.filter((address) => isAllowedAddress(address, isPrivateAllowed))
  return allowed.length > 0 ? allowed : addressRefusal
}

/** Asks the name server itself: the system's resolver shares four threads with files and password hashing. */
export function createResolve(isPrivateAllowed: boolean): Resolve {
  const resolver = new Resolver({ timeout: 2_000, tries: 1 })
  return async (host) => {
    const families = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
    const found = families.flatMap((family) => (family.status === 'fulfilled' ? family.value : []))
    if (found.length > 0 || !isPrivateAllowed) return found
    // Names of a private network may stand in the hosts file only.
    const local = await lookup(host, { all: true }).catch(() => [])
    return local.map(({ address }) => address)
  }
}

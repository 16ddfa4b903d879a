import { lookup, Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isAllowedAddress } from './addresses.ts'
import { addressRefusal, type Refusal } from './url-rules.ts'

/** All addresses of a name, IPv4 and IPv6; empty when there are none. Rejects when no name server answers. */
export type Resolve = (host: string) => Promise<string[]>

const answersMax = 16

/** The addresses a connection may go to; those of private networks are left out. */
export async function vetHost(
  host: string,
  resolve: Resolve,
  isPrivateAllowed: boolean,
): Promise<string[] | Refusal> {
  const answers = isIP(host) ? [host] : await resolve(host).catch(() => null)
  if (answers === null) return notFound(`No name server answered for ${host}.`)
  if (answers.length === 0) return notFound(`The name ${host} has no address.`)
  const allowed = answers
    .slice(0, answersMax)
    .filter((address) => isAllowedAddress(address, isPrivateAllowed))
  return allowed.length > 0 ? allowed : addressRefusal
}

function notFound(message: string): Refusal {
  return { reason: 'name_not_found', message }
}

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

import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { isAllowedAddress } from './addresses.ts'
import { networkOf, type OpenNetwork } from './networks.ts'
import type { Resolve } from './resolve-host.ts'
import { addressRefusal, hostOf, type Refusal, refusalOf } from './url-rules.ts'

/** Where connections may go. */
export interface EgressPolicy {
  isPrivateAllowed: boolean
  /** Open whatever else is refused there. */
  networks: readonly OpenNetwork[]
  /** Of this machine and of the database: no endpoint is there, but somebody may want to talk to them. */
  ownAddresses: ReadonlySet<string>
}

export interface Vetted {
  addresses: string[]
  /** The network of the operator's list that opened the way; null where none was needed. */
  network: OpenNetwork | null
}

const answersMax = 16

/** The addresses that a connection to this URL may go to; those of private networks are left out. */
export async function vetUrl(url: URL, resolve: Resolve, policy: EgressPolicy): Promise<Vetted | Refusal> {
  const refusal = refusalOf(url, policy.isPrivateAllowed)
  if (refusal && policy.networks.length === 0) return refusal
  const host = hostOf(url)
  const answers = isIP(host) ? [host] : await resolve(host).catch(() => null)
  if (answers === null) return notFound(`No name server answered for ${host}.`)
  if (answers.length === 0) return notFound(`The name ${host} has no address.`)
  const known = answers.slice(0, answersMax)
  const open = refusal ? [] : known.filter((address) => isOpen(address, policy))
  if (open.length > 0) return { addresses: open, network: null }
  const port = portOf(url)
  const listed = known.filter((address) => networkOf(policy.networks, address, port) !== null)
  if (listed.length === 0) return refusal ?? addressRefusal
  return { addresses: listed, network: networkOf(policy.networks, listed[0] ?? '', port) }
}

function isOpen(address: string, { isPrivateAllowed, ownAddresses }: EgressPolicy): boolean {
  if (!isAllowedAddress(address, isPrivateAllowed)) return false
  return isPrivateAllowed || !ownAddresses.has(oneSpelling(address))
}

/** Of all spellings of an address the same one. */
export function oneSpelling(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toNormalizedString() : address
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port)
  return url.protocol === 'https:' ? 443 : 80
}

function notFound(message: string): Refusal {
  return { reason: 'name_not_found', message }
}

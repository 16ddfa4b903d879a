import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { isAllowedAddress } from './addresses.ts'

/** A network that the operator of the installation opened to endpoints. */
export interface OpenNetwork {
  /** As it was written. */
  text: string
  range: [ipaddr.IPv4 | ipaddr.IPv6, number]
  /** null: every port. */
  port: number | null
}

/**
 * `10.1.0.0/16, 192.168.7.5:8080, [fd00::/8]:9000`: addresses or ranges, each with a port or without. null when it can't be
 * read so.
 */
export function readNetworks(text: string): OpenNetwork[] | null {
  const networks = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(readNetwork)
  return networks.every((network) => network !== null) ? networks : null
}

function readNetwork(text: string): OpenNetwork | null {
  // A bare IPv6 address has colons of its own: with a port it stands in brackets.
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(text) ?? [
    null,
    null,
    text,
  ]
  const place = bracketed ?? plain ?? ''
  const port = digits === undefined ? null : Number(digits)
  if (port !== null && (port < 1 || port > 65_535)) return null
  // 10.1/16 would pass for 10.0.0.1/16.
  if (isIP(place.replace(/\/\d+$/, '')) === 0) return null
  const cidr = place.includes('/') ? place : `${place}/${place.includes(':') ? 128 : 32}`
  return ipaddr.isValidCIDR(cidr) ? { text, range: ipaddr.parseCIDR(cidr), port } : null
}

/** The network that opens this address; link-local addresses, where metadata services live, none does. */
export function networkOf(
  networks: readonly OpenNetwork[],
  address: string,
  port: number,
): OpenNetwork | null {
  if (networks.length === 0 || !isAllowedAddress(address, true)) return null
  const parsed = ipaddr.process(address)
  const found = networks.find(
    ({ range, port: only }) =>
      parsed.kind() === range[0].kind() && parsed.match(range) && (only === null || only === port),
  )
  return found ?? null
}

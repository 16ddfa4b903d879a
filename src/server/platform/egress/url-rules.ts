import { isIP } from 'node:net'
import { isAllowedAddress } from './addresses.ts'
import type { EgressRefusal } from './egress.ts'

export interface Refusal {
  reason: EgressRefusal
  message: string
}

const publicPorts = new Set(['', '80', '443', '8443'])
const localSuffixes = ['.local', '.internal', '.localhost', '.localdomain', '.home.arpa']
/** Set by the client itself: a second one would let the body of one request pass for the next request. */
const reservedHeaders = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'upgrade',
  'te',
  'trailer',
  'expect',
])

/** An address that requests can be sent to at all. */
export function parseDestination(text: string): URL | Refusal {
  // The URL parser drops tabs and line breaks in silence.
  if (/[\s\p{Cc}]/u.test(text) || !URL.canParse(text))
    return refusal('url_malformed', 'The address is not a URL.')
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return schemeRefusal
  if (url.username || url.password) {
    return refusal('credentials_in_url', 'The address must not contain a user name or password.')
  }
  return url
}

/** What speaks against it without asking anybody. Private networks also mean http and any port. */
export function refusalOf(url: URL, isPrivateAllowed: boolean): Refusal | null {
  if (url.protocol === 'http:' && !isPrivateAllowed) return schemeRefusal
  if (!isPrivateAllowed && !publicPorts.has(url.port)) {
    return refusal('port_not_allowed', `Port ${url.port} is not allowed: use 443, 8443 or 80.`)
  }
  return hostRefusal(url, isPrivateAllowed)
}

function hostRefusal(url: URL, isPrivateAllowed: boolean): Refusal | null {
  const host = hostOf(url)
  if (isIP(host)) {
    // No resolver is asked for a bare address, so this is the place where it is judged.
    return isAllowedAddress(host, isPrivateAllowed) ? null : addressRefusal
  }
  if (host === '' || host.split('.').includes(''))
    return refusal('host_not_allowed', 'The host name is not complete.')
  if (isPrivateAllowed) return null
  const isLocal = !host.includes('.') || localSuffixes.some((suffix) => host.endsWith(suffix))
  return isLocal ? refusal('host_not_allowed', `${host} is a name inside a private network.`) : null
}

/** Without the brackets of IPv6 and the dot that may end a name. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

const schemeRefusal: Refusal = {
  reason: 'scheme_not_allowed',
  message: 'The address must begin with https://.',
}

export const addressRefusal: Refusal = {
  reason: 'address_not_allowed',
  message: 'The address leads into a private or reserved network, or to Parley itself.',
}

export function headerRefusal(headers: Record<string, string>): Refusal | null {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || reservedHeaders.has(name.toLowerCase())) {
      return refusal('header_not_allowed', `The header ${JSON.stringify(name)} is not allowed.`)
    }
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
      return refusal(
        'header_not_allowed',
        `The value of the header ${name} has characters that are not allowed.`,
      )
    }
  }
  return null
}

function refusal(reason: EgressRefusal, message: string): Refusal {
  return { reason, message }
}

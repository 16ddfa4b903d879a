import ipaddr from 'ipaddr.js'

/** Cloud metadata services live on link-local addresses: refused even where private networks are allowed. */
const neverV4 = rangesOf(['0.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4'])

const privateV4 = rangesOf([
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
])

/** Public IPv6 is handed out from 2000::/3 only, so everything else is refused without being named. */
const globalV6 = rangesOf(['2000::/3'])
/** Inside it: IETF protocols with Teredo and ORCHID, documentation, and 6to4, which carries an IPv4 address. */
const specialV6 = rangesOf(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])
const privateV6 = rangesOf(['::1/128', 'fc00::/7'])

/** Whether a connection may go there. Takes any spelling of an address that a URL or a resolver can give. */
export function isAllowedAddress(address: string, isPrivateAllowed: boolean): boolean {
  if (!ipaddr.isValid(address)) return false
  // Turns ::ffff:a.b.c.d into a.b.c.d, so that a mapped address is judged as what it reaches.
  const parsed = ipaddr.process(address)
  return parsed instanceof ipaddr.IPv4
    ? isAllowedV4(parsed, isPrivateAllowed)
    : isAllowedV6(parsed, isPrivateAllowed)
}

/** Not of this machine, nor of a private network. */
export function isPublicAddress(address: string): boolean {
  return isAllowedAddress(address, false)
}

function isAllowedV4(address: ipaddr.IPv4, isPrivateAllowed: boolean): boolean {
  if (isInAny(address, neverV4)) return false
  return isPrivateAllowed || !isInAny(address, privateV4)
}

function isAllowedV6(address: ipaddr.IPv6, isPrivateAllowed: boolean): boolean {
  if (isPrivateAllowed && isInAny(address, privateV6)) return true
  return isInAny(address, globalV6) && !isInAny(address, specialV6)
}

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number]

/** Read once: an address is judged for every request. */
function rangesOf(ranges: string[]): Range[] {
  return ranges.map((range) => ipaddr.parseCIDR(range))
}

function isInAny(address: ipaddr.IPv4 | ipaddr.IPv6, ranges: Range[]): boolean {
  return ranges.some((range) => address.match(range))
}

import { createHash, randomBytes, randomInt } from 'node:crypto'

// Ids come from the operating system's randomness, not from the seed: a hub keeps its database while the
// emulator starts anew, and a repeated id would look like somebody else's number.

export function newObjectId(): string {
  return `${randomInt(1, 9)}${String(randomInt(0, 10 ** 14)).padStart(14, '0')}`
}

export function newAccessToken(): string {
  return `EAA${randomBytes(60).toString('base64url')}`
}

export function newSecret(): string {
  return randomBytes(16).toString('hex')
}

export function newTraceId(): string {
  return `A${randomBytes(11).toString('base64url').slice(0, 21)}`
}

const COUNTRY_BY_PREFIX: ReadonlyArray<readonly [prefix: string, country: string]> = [
  ['1', 'US'],
  ['20', 'EG'],
  ['34', 'ES'],
  ['44', 'GB'],
  ['49', 'DE'],
  ['51', 'PE'],
  ['52', 'MX'],
  ['54', 'AR'],
  ['55', 'BR'],
  ['56', 'CL'],
  ['57', 'CO'],
  ['91', 'IN'],
  ['966', 'SA'],
  ['971', 'AE'],
]

/** The business-scoped user id of a phone: the same within a portfolio, another in the next one. */
export function userIdOf(portfolioId: string, phone: string): string {
  const country = COUNTRY_BY_PREFIX.find(([prefix]) => phone.startsWith(prefix))?.[1] ?? 'ZZ'
  const digest = createHash('sha1').update(`${portfolioId}:${phone}`).digest()
  return `${country}.${digest.readBigUInt64BE(0)}`
}

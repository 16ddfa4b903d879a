import { lookup } from 'node:dns/promises'
import { networkInterfaces } from 'node:os'
import { oneSpelling } from './vet-url.ts'

/** Where this process can be reached, and where its database is. */
export async function findOwnAddresses(databaseUrl: string | null): Promise<Set<string>> {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  const host = databaseUrl === null ? '' : new URL(databaseUrl).hostname.replace(/^\[|\]$/g, '')
  const database = host === '' ? [] : await lookup(host, { all: true }).catch(() => [])
  return new Set([...own, ...database].map(({ address }) => oneSpelling(address)))
}

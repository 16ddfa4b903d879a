import type { Verdict } from '../../contract/index.ts'
import { toInstant } from '../platform/format/local-field.ts'

export const verdicts = [
  'processed',
  'received',
  'failed',
  'parked',
  'refused',
  'unrouted',
] as const satisfies readonly Verdict[]

/** What a webhook may tell of; a type in the search, such as `image` or `delivered`, narrows it further. */
export const factKinds = [
  'message',
  'reaction',
  'status',
  'template',
  'account',
  'number',
  'preference',
  'contact_change',
  'echo',
  'history',
  'address_book',
  'call',
  'billing',
  'group',
  'conversion',
  'click',
  'error',
  'check',
  'unknown',
  'problem',
] as const

export interface InboundFilter {
  verdict?: Verdict
  search?: string
  type?: (typeof factKinds)[number]
  connector?: string
  since?: string
  until?: string
  /** The entry that is open. */
  log?: string
}

/** The filter as it stands in the address; what isn't understood is left out. The router lets it through. */
export function readInboundFilter(search: Record<string, unknown> | InboundFilter): InboundFilter {
  const verdict = verdicts.find((one) => one === search.verdict)
  const type = factKinds.find((one) => one === search.type)
  const [since, until] = [instantOf(search.since), instantOf(search.until)]
  return {
    ...(verdict ? { verdict } : {}),
    ...(search.search !== undefined && search.search !== '' ? { search: String(search.search) } : {}),
    ...(type ? { type } : {}),
    ...(typeof search.connector === 'string' ? { connector: search.connector } : {}),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
    ...(typeof search.log === 'string' ? { log: search.log } : {}),
  }
}

function instantOf(value: unknown): string | null {
  return typeof value === 'string' ? toInstant(value) : null
}

import type { Verdict } from '../../contract/index.ts'

export const verdicts = [
  'processed',
  'received',
  'failed',
  'parked',
  'refused',
  'unrouted',
] as const satisfies readonly Verdict[]

export interface InboundFilter {
  verdict?: Verdict
  search?: string
  /** The entry that is open. */
  log?: string
}

/** The filter as it stands in the address; what isn't understood is left out. */
export function readInboundFilter(search: Record<string, unknown>): InboundFilter {
  const verdict = verdicts.find((one) => one === search.verdict)
  return {
    ...(verdict ? { verdict } : {}),
    ...(search.search !== undefined && search.search !== '' ? { search: String(search.search) } : {}),
    ...(typeof search.log === 'string' ? { log: search.log } : {}),
  }
}

import type { ConsentScope } from '../../../contract/index.ts'

/** What the page of opt-outs shows, as its address carries it. */
export interface OptOutsFilter {
  search?: string
  scope?: ConsentScope
  contact?: string
}

export const consentScopes = ['all', 'marketing'] as const satisfies readonly ConsentScope[]

export function readOptOutsFilter(search: Record<string, unknown>): OptOutsFilter {
  const scope = consentScopes.find((one) => one === search.scope)
  return {
    ...(typeof search.search === 'string' && search.search !== '' ? { search: search.search } : {}),
    ...(scope ? { scope } : {}),
    ...(typeof search.contact === 'string' ? { contact: search.contact } : {}),
  }
}

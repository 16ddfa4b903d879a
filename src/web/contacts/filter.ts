import type { ContactConsent } from '../../contract/index.ts'

/** What the page of contacts shows, as its address carries it. */
export interface PeopleFilter {
  search?: string
  consent?: ContactConsent
  contact?: string
}

export const consents = ['opted_out', 'no_marketing', 'in'] as const satisfies readonly ContactConsent[]

export function readPeopleFilter(search: Record<string, unknown>): PeopleFilter {
  const consent = consents.find((one) => one === search.consent)
  return {
    ...(typeof search.search === 'string' && search.search !== '' ? { search: search.search } : {}),
    ...(consent ? { consent } : {}),
    ...(typeof search.contact === 'string' ? { contact: search.contact } : {}),
  }
}

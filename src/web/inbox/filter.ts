import type { ConversationQuery } from '../../contract/index.ts'

export const views = ['open', 'unread', 'mine', 'unassigned', 'closed', 'all'] as const
export type View = (typeof views)[number]

export interface InboxFilter {
  view?: View
  search?: string
}

/** The filter as it stands in the address; what isn't understood is left out. */
export function readFilter(search: Record<string, unknown>): InboxFilter {
  const view = views.find((one) => one === search.view)
  return {
    ...(view && view !== 'open' ? { view } : {}),
    ...(typeof search.search === 'string' && search.search !== '' ? { search: search.search } : {}),
  }
}

type ApiFilter = Pick<ConversationQuery, 'state' | 'assignee' | 'unread' | 'search'>

/** What the hub is asked for. A search looks everywhere: who searches doesn't know that it was closed. */
export function apiFilter({ view = 'open', search }: InboxFilter): ApiFilter {
  if (search) return { search }
  switch (view) {
    case 'open':
      return { state: 'open' }
    case 'unread':
      return { unread: 'true' }
    case 'mine':
      return { assignee: 'me', state: 'open' }
    case 'unassigned':
      return { assignee: 'none', state: 'open' }
    case 'closed':
      return { state: 'closed' }
    case 'all':
      return {}
  }
}

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Campaign, Hub, List, ListForecast, ListState } from '../../contract/index.ts'
import type { OpeningHours } from '../campaigns/opening-hours.ts'
import type { Page } from '../platform/api/api.ts'
import { useApi } from '../platform/api/use-api.ts'
import { usePages } from '../platform/api/use-pages.ts'
import type { ListFilter } from './lists/filter.ts'

/** All hubs: one page, they are few. */
export function useHubs() {
  const api = useApi()
  return useQuery({
    queryKey: api.key('hub', 'all'),
    queryFn: ({ signal }) => api.get<Page<Hub>>('/hubs', { limit: 200 }, signal),
    select: (page) => page.data,
  })
}

export function useHub(id: string) {
  const api = useApi()
  return useQuery({
    queryKey: api.key('hub', 'one', id),
    queryFn: ({ signal }) => api.get<Hub>(`/hubs/${id}`, {}, signal),
  })
}

/** The lists of a hub, newest first. Live: every change of a list reads them anew. */
export function useHubLists(hubId: string, limit = 50) {
  const api = useApi()
  return usePages<List>({
    queryKey: api.key('list', 'of-hub', hubId, limit),
    path: `/hubs/${hubId}/lists`,
    query: { limit },
  })
}

/** Lists of all hubs, newest first. */
export function useLists({ hub, state, search }: ListFilter) {
  const api = useApi()
  return usePages<List>({
    queryKey: api.key('list', 'of-all', hub, state, search),
    path: '/lists',
    query: { hub_id: hub, state, search, limit: 25 },
  })
}

/** When a list will be through; asked anew as it goes on. */
export function useForecast(list: List) {
  const api = useApi()
  return useQuery({
    queryKey: api.key('forecast', list.id, list.state, list.weight),
    queryFn: ({ signal }) => api.get<ListForecast>(`/lists/${list.id}/forecast`, {}, signal),
    // Of a million rows it takes the database a second.
    refetchInterval: list.rows > 100_000 ? 60_000 : 10_000,
    placeholderData: keepPreviousData,
  })
}

export function useList(id: string) {
  const api = useApi()
  return useQuery({
    queryKey: api.key('list', 'one', id),
    queryFn: ({ signal }) => api.get<List>(`/lists/${id}`, {}, signal),
    // A rate that nothing renews, and the end of an import, come without a message of their own.
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? 2_000 : false),
  })
}

/** To be called after any act on a hub or its lists. */
export function useHubChanged(): () => Promise<void> {
  const api = useApi()
  const queries = useQueryClient()
  return async () => {
    await Promise.all(
      ['hub', 'list', 'checklist'].map((topic) => queries.invalidateQueries({ queryKey: api.key(topic) })),
    )
  }
}

/** Takes over a list that an act has answered, without reading it once more. */
export function useKeepList(): (list: List) => void {
  const api = useApi()
  const queries = useQueryClient()
  return (list) => {
    queries.setQueryData(api.key('list', 'one', list.id), list)
    for (const many of ['of-hub', 'of-all'])
      void queries.invalidateQueries({ queryKey: api.key('list', many) })
    void queries.invalidateQueries({ queryKey: api.key('recipient') })
  }
}

/** Still being put together: opened in the wizard, not on its progress page. */
export function isInPreparation({ state, started_at }: Pick<List, 'state' | 'started_at'>): boolean {
  const states: ListState[] = ['importing', 'draft', 'ready']
  return states.includes(state) && started_at === null
}

/** Nothing of it is sent any more. */
export function isOver({ state }: Pick<List, 'state'>): boolean {
  return state === 'finished' || state === 'cancelled'
}

/** Somebody waits for its next number. */
export function isUnderWay({ state }: Pick<List, 'state'>): boolean {
  return state === 'running' || state === 'importing'
}

/** How many rows are done with, and their share of the list. What a cancelled list never sent is not done. */
export function progressOf({ counts, state }: Pick<List, 'counts' | 'state'>): {
  done: number
  share: number
} {
  const done =
    state === 'cancelled'
      ? counts.sent + counts.failed + counts.unknown
      : counts.total - counts.waiting - counts.sending
  return { done, share: counts.total === 0 ? 0 : done / counts.total }
}

/** A hub sends where both its campaign and its own schedule, if it has one, are open. */
export function openingHoursOf(hub: Hub, campaign: Campaign): OpeningHours[] {
  if (!hub.schedule) return [campaign]
  return [campaign, { schedule: hub.schedule, exceptions: [], time_zone: campaign.time_zone }]
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Campaign } from '../../contract/index.ts'
import type { Page } from '../platform/api/api.ts'
import { useApi } from '../platform/api/use-api.ts'

/** All campaigns: lines of business, so few that one page holds them. */
export function useCampaigns() {
  const api = useApi()
  return useQuery({
    queryKey: api.key('campaign', 'all'),
    queryFn: ({ signal }) => api.get<Page<Campaign>>('/campaigns', { limit: 200 }, signal),
    select: (page) => page.data,
  })
}

export function useCampaign(id: string | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: api.key('campaign', 'one', id),
    queryFn: ({ signal }) => api.get<Campaign>(`/campaigns/${id}`, {}, signal),
    enabled: id !== undefined,
  })
}

/** To be called after any change of a campaign: its hubs and lists depend on it. */
export function useCampaignChanged(): () => Promise<void> {
  const api = useApi()
  const queries = useQueryClient()
  return async () => {
    await Promise.all(
      ['campaign', 'hub', 'list'].map((topic) => queries.invalidateQueries({ queryKey: api.key(topic) })),
    )
  }
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Endpoint } from '../../contract/index.ts'
import type { Page } from '../platform/api/api.ts'
import { useApi } from '../platform/api/use-api.ts'

export function useEndpoints() {
  const api = useApi()
  return useQuery({
    queryKey: api.key('endpoint', 'all'),
    queryFn: ({ signal }) => api.get<Page<Endpoint>>('/webhook-endpoints', {}, signal),
    select: (page) => page.data,
  })
}

/** To be called after any act on an endpoint. */
export function useEndpointChanged(): () => Promise<void> {
  const api = useApi()
  const queries = useQueryClient()
  return async () => {
    await Promise.all(
      ['endpoint', 'delivery'].map((topic) => queries.invalidateQueries({ queryKey: api.key(topic) })),
    )
  }
}

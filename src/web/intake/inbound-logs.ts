import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { InboundLog, InboundLogDetail } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { usePages } from '../platform/api/use-pages.ts'
import type { InboundFilter } from './filter.ts'

/** What providers told us, newest first; live. */
export function useInboundLogs({ verdict, search }: InboundFilter) {
  const api = useApi()
  return usePages<InboundLog>({
    queryKey: api.key('inbound_log', 'pages', verdict, search),
    path: '/inbound-logs',
    query: { verdict, search, limit: 50 },
  })
}

export function useInboundLog(id: string | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: api.key('inbound_log', 'one', id),
    queryFn: ({ signal }) => api.get<InboundLogDetail>(`/inbound-logs/${id}`, {}, signal),
    enabled: id !== undefined,
  })
}

export function useReplayLog(id: string) {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => api.post<InboundLog>(`/inbound-logs/${id}/replay`),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.key('inbound_log') }),
  })
}

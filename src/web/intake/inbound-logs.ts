import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { InboundLog, InboundLogDetail } from '../../contract/index.ts'
import type { Page } from '../platform/api/api.ts'
import { useApi } from '../platform/api/use-api.ts'
import { usePages } from '../platform/api/use-pages.ts'
import type { InboundFilter } from './filter.ts'

/** What providers told us, newest first; live. */
export function useInboundLogs({ log: _open, connector, ...filter }: InboundFilter) {
  const api = useApi()
  return usePages<InboundLog>({
    queryKey: api.key('inbound_log', 'pages', filter, connector),
    path: '/inbound-logs',
    query: { ...filter, connector_id: connector, limit: 50 },
  })
}

/** Whether something was set aside. */
export function useHasParked(): boolean {
  const api = useApi()
  const { data } = useQuery({
    queryKey: api.key('inbound_log', 'parked'),
    queryFn: ({ signal }) =>
      api.get<Page<InboundLog>>('/inbound-logs', { verdict: 'parked', limit: 1 }, signal),
  })
  return (data?.data.length ?? 0) > 0
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

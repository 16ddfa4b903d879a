import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Delivery, DeliveryDetail } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { usePages } from '../platform/api/use-pages.ts'
import type { DeliveryFilter } from './filter.ts'

/** Events on their way to endpoints, newest first; live. */
export function useDeliveries({ endpoint, state, type }: DeliveryFilter) {
  const api = useApi()
  return usePages<Delivery>({
    queryKey: api.key('delivery', 'pages', endpoint, state, type),
    path: '/webhook-deliveries',
    query: { endpoint_id: endpoint, state, event_type: type, limit: 50 },
  })
}

export function useDelivery(id: string | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: api.key('delivery', 'one', id),
    queryFn: ({ signal }) => api.get<DeliveryDetail>(`/webhook-deliveries/${id}`, {}, signal),
    enabled: id !== undefined,
  })
}

/** Makes a new delivery of the same event and answers it. */
export function useReplayDelivery(id: string, onMade: (delivery: Delivery) => void) {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => api.post<Delivery>(`/webhook-deliveries/${id}/replay`),
    onSuccess: async (made) => {
      onMade(made)
      await queries.invalidateQueries({ queryKey: api.key('delivery') })
    },
  })
}

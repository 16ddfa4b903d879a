import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { EventType, Replay, ReplayOutcome } from '../../contract/index.ts'
import type { Page } from '../platform/api/api.ts'
import { useApi } from '../platform/api/use-api.ts'

export const replayOutcomes = [
  'undelivered',
  'failed',
  'missed',
  'delivered',
  'all',
] as const satisfies readonly ReplayOutcome[]

export interface NewReplay {
  since: string
  until?: string
  types: EventType[]
  outcome: ReplayOutcome
}

const askEveryMs = 1_500

/** Whether there is still something to watch. */
export function isUnderWay({ state, deliveries }: Replay): boolean {
  return state === 'running' || deliveries.pending > 0
}

/** The newest replay to an endpoint; watched while it is under way. */
export function useNewestReplay(endpointId: string) {
  const api = useApi()
  return useQuery({
    queryKey: api.key('replay', endpointId),
    queryFn: ({ signal }) => api.get<Page<Replay>>(`/webhook-endpoints/${endpointId}/replays`, {}, signal),
    select: (page) => page.data[0] ?? null,
    refetchInterval: ({ state: { data } }) =>
      data?.data[0] !== undefined && isUnderWay(data.data[0]) ? askEveryMs : false,
  })
}

export function useStartReplay(endpointId: string, onStarted: () => void) {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (replay: NewReplay) => api.post<Replay>(`/webhook-endpoints/${endpointId}/replay`, replay),
    onSuccess: async () => {
      onStarted()
      await queries.invalidateQueries({ queryKey: api.key('replay') })
    },
  })
}

export function useCancelReplay({ endpoint_id, id }: Replay) {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => api.post<Replay>(`/webhook-endpoints/${endpoint_id}/replays/${id}/cancel`),
    onSuccess: () =>
      Promise.all(
        ['replay', 'delivery', 'endpoint'].map((topic) =>
          queries.invalidateQueries({ queryKey: api.key(topic) }),
        ),
      ),
  })
}

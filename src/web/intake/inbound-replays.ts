import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { InboundReplay, Verdict } from '../../contract/index.ts'
import type { Page } from '../platform/api/api.ts'
import { useApi } from '../platform/api/use-api.ts'

export interface NewInboundReplay {
  since: string
  until: string
  verdict?: Verdict
  connector_id?: string
}

const askEveryMs = 1_500

/** Until what it took up is also worked on. */
export function isUnderWay({ state, waiting }: InboundReplay): boolean {
  return state === 'running' || (state === 'finished' && waiting > 0)
}

/** The newest replay of this workspace; watched while it is under way. */
export function useNewestReplay() {
  const api = useApi()
  return useQuery({
    queryKey: api.key('inbound-replay'),
    queryFn: ({ signal }) => api.get<Page<InboundReplay>>('/inbound-logs/replays', {}, signal),
    select: (page) => page.data[0] ?? null,
    refetchInterval: ({ state: { data } }) =>
      data?.data[0] !== undefined && isUnderWay(data.data[0]) ? askEveryMs : false,
  })
}

export function useStartReplay(onStarted: () => void) {
  const api = useApi()
  const changed = useReplayChanged()
  return useMutation({
    mutationFn: (replay: NewInboundReplay) => api.post<InboundReplay>('/inbound-logs/replay', replay),
    onSuccess: async () => {
      onStarted()
      await changed()
    },
  })
}

export function useCancelReplay({ id }: InboundReplay) {
  const api = useApi()
  const changed = useReplayChanged()
  return useMutation({
    mutationFn: () => api.post<InboundReplay>(`/inbound-logs/replays/${id}/cancel`),
    onSuccess: changed,
  })
}

function useReplayChanged() {
  const api = useApi()
  const queries = useQueryClient()
  return () =>
    Promise.all(
      ['inbound-replay', 'inbound_log'].map((topic) =>
        queries.invalidateQueries({ queryKey: api.key(topic) }),
      ),
    )
}

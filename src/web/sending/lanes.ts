import { useQuery } from '@tanstack/react-query'
import type { SendingLane } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'

const readAnewMs = 2_000

/** Every connected number with who sends for it, how fast, and what waits; as it is now. */
export function useLanes(isWanted = true) {
  const api = useApi()
  return useQuery({
    queryKey: api.key('lane'),
    queryFn: ({ signal }) => api.get<{ data: SendingLane[] }>('/lanes', {}, signal),
    select: ({ data }) => data,
    refetchInterval: readAnewMs,
    enabled: isWanted,
  })
}

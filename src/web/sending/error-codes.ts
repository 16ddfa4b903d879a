import { useQuery } from '@tanstack/react-query'
import type { ErrorCodeEntry } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'

/** The table of all codes; it changes only with the hub. */
export function useErrorCodes(isWanted = true) {
  const api = useApi()
  return useQuery({
    queryKey: api.key('error_code'),
    queryFn: ({ signal }) => api.get<{ data: ErrorCodeEntry[] }>('/error-codes', {}, signal),
    select: ({ data }) => data,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isWanted,
  })
}

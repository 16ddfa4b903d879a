import { useQuery } from '@tanstack/react-query'
import type { Recipient } from '../../../contract/index.ts'
import type { Page } from '../../platform/api/api.ts'
import { useApi } from '../../platform/api/use-api.ts'

/** The first rows of a list, to look at while it is matched. */
export function useSampleRows(listId: string): Recipient[] {
  const api = useApi()
  const { data } = useQuery({
    queryKey: api.key('recipient', 'sample', listId),
    queryFn: ({ signal }) => api.get<Page<Recipient>>(`/lists/${listId}/recipients`, { limit: 50 }, signal),
  })
  return data?.data ?? []
}

import { useMutation } from '@tanstack/react-query'
import type { List } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { useHubChanged, useKeepList } from '../hubs.ts'

export type ListAct = 'pause' | 'resume' | 'cancel' | 'retry-failed'

export function useListAct(list: List) {
  const api = useApi()
  const keep = useKeepList()
  const changed = useHubChanged()
  return useMutation({
    mutationFn: (act: ListAct) => api.post<List>(`/lists/${list.id}/${act}`),
    onSuccess: (after) => {
      keep(after)
      void changed()
    },
  })
}

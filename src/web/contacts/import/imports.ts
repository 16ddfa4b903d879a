import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ContactImport, ContactImportMatch } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'

export function useImport(id: string) {
  const api = useApi()
  return useQuery({
    queryKey: api.key('contact_import', id),
    queryFn: ({ signal }) => api.get<ContactImport>(`/contacts/imports/${id}`, {}, signal),
  })
}

/** Keeps what the hub answered as the newest of the import. */
export function useImportChanged(): (changed: ContactImport) => void {
  const api = useApi()
  const queries = useQueryClient()
  return (changed) => {
    queries.setQueryData(api.key('contact_import', changed.id), changed)
    void queries.invalidateQueries({ queryKey: api.key('contact_import', 'refused', changed.id) })
  }
}

export function useChooseMatch(id: string) {
  const api = useApi()
  const changed = useImportChanged()
  return useMutation({
    mutationFn: (match: ContactImportMatch) => api.put<ContactImport>(`/contacts/imports/${id}/match`, match),
    onSuccess: changed,
  })
}

export function useImportAct(id: string, act: 'start' | 'cancel') {
  const api = useApi()
  const changed = useImportChanged()
  return useMutation({
    mutationFn: () => api.post<ContactImport>(`/contacts/imports/${id}/${act}`),
    onSuccess: changed,
  })
}

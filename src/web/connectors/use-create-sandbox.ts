import { useMutation } from '@tanstack/react-query'
import type { Connector } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { useConnectorChanged } from './connectors.ts'

/** One click: a pretend WhatsApp account with a number and templates, on this machine. */
export function useCreateSandbox() {
  const api = useApi()
  const changed = useConnectorChanged()
  return useMutation({
    mutationFn: (name: string) => api.post<Connector>('/connectors', { provider: 'sandbox', name }),
    onSuccess: changed,
  })
}

import { useMutation } from '@tanstack/react-query'
import type { Connector } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { useConnectorChanged } from './connectors.ts'

/** Disconnects or reconnects. */
export function useConnectorAct(connector: Connector, verb: 'disconnect' | 'reconnect') {
  const api = useApi()
  const changed = useConnectorChanged()
  return useMutation({
    mutationFn: () => api.post<Connector>(`/connectors/${connector.id}/${verb}`),
    onSuccess: changed,
  })
}

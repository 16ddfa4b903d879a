import { useMutation } from '@tanstack/react-query'
import type { Connector, ConnectorCheck } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { useConnectorChanged } from './connectors.ts'

/** Runs every step of the check at the provider; its result is kept on the connector. */
export function useCheckConnector(connector: Connector) {
  const api = useApi()
  const changed = useConnectorChanged()
  return useMutation({
    mutationFn: () => api.post<ConnectorCheck>(`/connectors/${connector.id}/check`),
    onSettled: changed,
  })
}

import type { AccountChange } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { usePages } from '../../platform/api/use-pages.ts'

/** What the provider said about an account with its numbers, or about one number; newest first, live. */
export function useHistory(of: { connectorId: string } | { numberId: string }) {
  const api = useApi()
  const path = 'numberId' in of ? `/numbers/${of.numberId}/history` : `/connectors/${of.connectorId}/history`
  return usePages<AccountChange>({
    queryKey: api.key('connector', 'history', path),
    path,
    query: { limit: 30 },
  })
}

import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Connector, NumberWithLimit, WhatsAppNumber } from '../../contract/index.ts'
import type { Api, Page } from '../platform/api/api.ts'
import { useApi } from '../platform/api/use-api.ts'

/** All connectors of the workspace: few, so one page. */
export function connectorsQuery(api: Api) {
  return queryOptions({
    queryKey: api.key('connector', 'all'),
    queryFn: ({ signal }) => api.get<Page<Connector>>('/connectors', { limit: 200 }, signal),
    select: (page) => page.data,
  })
}

export function useConnectors() {
  return useQuery(connectorsQuery(useApi()))
}

/** The workspace's numbers by id, to name the number of a conversation or a campaign. */
export function useNumbers(): Map<string, WhatsAppNumber> {
  const { data } = useConnectors()
  return new Map(
    data?.flatMap((connector) => connector.numbers.map((number) => [number.id, number] as const)),
  )
}

/** Who the customer sees as sender: the name of this number, or that of a connector's first one. */
export function useBusinessName({
  numberId,
  connectorId,
}: {
  numberId?: string
  connectorId?: string | undefined
}): string | undefined {
  const { data: connectors = [] } = useConnectors()
  const numbers = connectors.flatMap((connector) => connector.numbers)
  const number = numbers.find(({ id, connector_id }) =>
    numberId === undefined ? connector_id === connectorId : id === numberId,
  )
  return number?.verified_name || undefined
}

/** Numbers by id with the use of their daily limit. */
export function useLimits(): Map<string, NumberWithLimit> {
  const api = useApi()
  const { data } = useQuery({
    queryKey: api.key('connector', 'limits'),
    queryFn: ({ signal }) => api.get<Page<NumberWithLimit>>('/numbers', { limit: 200 }, signal),
    refetchInterval: 30_000,
  })
  return new Map(data?.data.map((number) => [number.id, number]))
}

/** To be called after any act on a connector: it changes what the checklist, templates and numbers show. */
export function useConnectorChanged(): () => Promise<void> {
  const api = useApi()
  const queries = useQueryClient()
  return async () => {
    await Promise.all(
      ['connector', 'checklist', 'template'].map((topic) =>
        queries.invalidateQueries({ queryKey: api.key(topic) }),
      ),
    )
  }
}

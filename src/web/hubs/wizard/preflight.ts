import { useQuery } from '@tanstack/react-query'
import type { List, Preflight } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'

/** What a start would do at this moment; asked anew whenever the list or its hub changes. */
export function usePreflight(list: List) {
  const api = useApi()
  return useQuery({
    queryKey: api.key('list', 'preflight', list.id, list.match, list.rows_refused),
    queryFn: () => api.post<Preflight>(`/lists/${list.id}/preflight`),
    enabled: list.state !== 'importing',
  })
}

/** Why rows are left out, the largest group first. */
export function skippedGroups({
  skipped,
}: Preflight): { reason: keyof Preflight['skipped']; count: number }[] {
  return Object.entries(skipped)
    .flatMap(([reason, count]) => (isReason(skipped, reason) && count > 0 ? [{ reason, count }] : []))
    .sort((a, b) => b.count - a.count)
}

function isReason(skipped: Preflight['skipped'], reason: string): reason is keyof Preflight['skipped'] {
  return Object.hasOwn(skipped, reason)
}

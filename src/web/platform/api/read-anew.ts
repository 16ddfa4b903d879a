import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Reads anew what a change touches, after what is being read has come: cut off by every change, it would never come
 * while changes are quicker than the line. Resolves when all of it is read.
 */
export async function readAnew(queries: QueryClient, queryKey: QueryKey): Promise<void> {
  const underWay = queries.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching' })
  await Promise.allSettled(underWay.map((query) => query.promise))
  await queries.invalidateQueries({ queryKey })
}

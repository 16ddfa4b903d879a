import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Page } from './api.ts'
import { useApi } from './use-api.ts'

interface PagesOptions {
  queryKey: QueryKey
  path: string
  query?: Record<string, string | number | boolean | null | undefined>
  enabled?: boolean
  /** Reads what is shown anew this often, for what changes without telling. */
  everyMs?: number | false
}

/** A list read page by page: `items` are all rows read so far. */
export function usePages<Item>({
  queryKey,
  path,
  query = {},
  enabled = true,
  everyMs = false,
}: PagesOptions) {
  const api = useApi()
  const pages = useInfiniteQuery({
    queryKey,
    enabled,
    refetchInterval: everyMs,
    queryFn: ({ pageParam, signal }) => api.get<Page<Item>>(path, { ...query, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  })
  const items = useMemo(() => pages.data?.pages.flatMap((page) => page.data) ?? [], [pages.data])
  return { ...pages, items }
}

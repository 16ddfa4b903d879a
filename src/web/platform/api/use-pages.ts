import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
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

/** A list read page by page: `items` are all rows read so far, `first` is the first page with what it says of the whole. */
export function usePages<Item, Of extends Page<Item> = Page<Item>>({
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
    queryFn: ({ pageParam, signal }) => api.get<Of>(path, { ...query, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  })
  const items = useMemo(() => pages.data?.pages.flatMap((page) => page.data) ?? [], [pages.data])
  const more = useReadMore(pages, JSON.stringify(queryKey))
  return { ...pages, ...more, items, first: pages.data?.pages[0] }
}

type Pages = Pick<
  ReturnType<typeof useInfiniteQuery<Page<unknown>>>,
  'hasNextPage' | 'isFetching' | 'fetchNextPage'
> & { data: { pages: unknown[] } | undefined }

/**
 * The next page, once asked for, stays wanted until it has come. A query does one thing at a time, and the later cuts
 * off the earlier: asked at once, the page would stop a change from being read, and the next change would stop the page.
 */
function useReadMore({ hasNextPage, isFetching, fetchNextPage, data }: Pages, key: string) {
  const here = `${key} ${data?.pages.length ?? 0}`
  const [wantedAt, setWantedAt] = useState<string | null>(null)
  const isReadingMore = hasNextPage && wantedAt === here
  useEffect(() => {
    if (!isReadingMore || isFetching) return
    void fetchNextPage().then((end) => end.isFetchNextPageError && setWantedAt(null))
  }, [isReadingMore, isFetching, fetchNextPage])
  return { isReadingMore, readMore: () => setWantedAt(here) }
}

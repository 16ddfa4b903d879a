import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Recipient } from '../../../contract/index.ts'
import type { Page } from '../../platform/api/api.ts'
import { useApi } from '../../platform/api/use-api.ts'
import type { RecipientFilter } from './filter.ts'

export const rowsPerPage = 50

interface RecipientsWanted {
  listId: string
  filter: RecipientFilter
  /** How often they are read anew; states move while a list runs. */
  everyMs?: number | false
}

/** Where a page begins: at a row of the file, or where the page before it ended. */
interface Place {
  fromRow: number
  cursor: string | null
}

export interface PageTurner {
  /** Of the filtered rows, from 1; how many there are is not known. */
  number: number
  previous: (() => void) | null
  next: (() => void) | null
  /** Null where rows are filtered: a row of the file is then at no known place. */
  goToRow: ((row: number) => void) | null
}

const start: Place = { fromRow: 1, cursor: null }

/**
 * One page of a list's rows in the order of the file, and the ways on. `top` belongs above the rows: whoever turns the
 * page begins there. Give the caller's component a key of the filter.
 */
export function useRecipients({ listId, filter, everyMs = false }: RecipientsWanted) {
  const api = useApi()
  const [places, setPlaces] = useState<readonly Place[]>([start])
  const place = places.at(-1) ?? start
  const top = useRef<HTMLDivElement>(null)
  const page = useQuery({
    queryKey: api.key('recipient', 'of-list', listId, filter, place),
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => readPage(api, { listId, filter, place }, signal),
  })
  const items = page.data?.data ?? []
  const isFiltered = Object.keys(filter).length > 0
  const cursor = page.isPlaceholderData ? null : (page.data?.next_cursor ?? null)
  const turner: PageTurner = {
    number: places.length,
    previous: isFiltered ? (places.length > 1 ? () => turnTo(places.slice(0, -1)) : null) : rowsBefore(),
    next: cursor === null ? null : goOn(cursor),
    goToRow: isFiltered ? null : goToRow,
  }
  return { ...page, items, turner, top }

  function turnTo(next: readonly Place[]): void {
    setPlaces(next)
    top.current?.scrollIntoView({ block: 'nearest' })
  }
  function goToRow(row: number): void {
    turnTo([{ fromRow: Math.max(1, row), cursor: null }])
  }
  function rowsBefore(): (() => void) | null {
    return place.fromRow > 1 ? () => goToRow(place.fromRow - rowsPerPage) : null
  }
  function goOn(from: string): () => void {
    if (!isFiltered) return () => goToRow(place.fromRow + rowsPerPage)
    return () => turnTo([...places, { fromRow: 1, cursor: from }])
  }
}

/** A long list is gone through in steps, so rare rows come in several answers. */
async function readPage(
  api: ReturnType<typeof useApi>,
  { listId, filter, place }: { listId: string; filter: RecipientFilter; place: Place },
  signal: AbortSignal,
): Promise<Page<Recipient>> {
  const rows: Recipient[] = []
  let { cursor } = place
  do {
    const page: Page<Recipient> = await api.get(
      `/lists/${listId}/recipients`,
      { ...filter, limit: rowsPerPage - rows.length, from_row: place.fromRow, cursor },
      signal,
    )
    rows.push(...page.data)
    cursor = page.next_cursor
  } while (cursor !== null && rows.length < rowsPerPage)
  return { data: rows, next_cursor: cursor }
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { ResendsPage, SendingPolicy, SettleResult, UnsettledPage } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { usePages } from '../platform/api/use-pages.ts'
import { queryOf, type UnsettledFilter } from './filter.ts'

/** Answers that come late settle messages without telling the page. */
const readAnewMs = 10_000

/** Messages of unknown outcome, newest first, and how many the filter finds. */
export function useUnsettled(filter: UnsettledFilter) {
  const api = useApi()
  const pages = usePages<UnsettledPage['data'][number], UnsettledPage>({
    queryKey: api.key('unsettled', 'pages', filter),
    path: '/messages/unsettled',
    query: { ...queryOf(filter), limit: 25 },
    everyMs: readAnewMs,
  })
  return { ...pages, total: pages.first?.total ?? 0, asOf: pages.first?.as_of ?? '' }
}

/** How many messages of the workspace nobody knows the outcome of. */
export function useUnsettledCount(): number {
  const api = useApi()
  const { data = 0 } = useQuery({
    queryKey: api.key('unsettled', 'count'),
    queryFn: ({ signal }) => api.get<UnsettledPage>('/messages/unsettled', { limit: 1 }, signal),
    select: (page) => page.total,
    refetchInterval: 3 * readAnewMs,
  })
  return data
}

export interface Decision {
  decision: 'not_sent' | 'resend'
  chosen: readonly string[] | EveryOne
}

/** All that the filter found at a moment of the hub's clock: what falls silent later was not asked about. */
interface EveryOne {
  filter: UnsettledFilter
  until: string
}

const idsMax = 200

/**
 * Settles what was chosen, request by request until nothing of it is left or somebody stops it; then `onDone` is told
 * how many. `settled` grows meanwhile.
 */
export function useSettle(onDone: (settled: number, decision: Decision) => void) {
  const api = useApi()
  const queries = useQueryClient()
  const [settled, setSettled] = useState(0)
  const isStopped = useRef(false)
  const mutation = useMutation({
    mutationFn: async ({ decision, chosen }: Decision) => {
      isStopped.current = false
      setSettled(0)
      let sum = 0
      const settle = async (of: object) => {
        const answer = await api.post<SettleResult>('/messages/settle', { decision, ...of })
        sum += answer.settled
        setSettled(sum)
        return answer
      }
      if (isIds(chosen)) {
        for (let from = 0; from < chosen.length && !isStopped.current; from += idsMax) {
          await settle({ message_ids: chosen.slice(from, from + idsMax) })
        }
        return sum
      }
      const all = { ...queryOf(chosen.filter), until: chosen.until }
      for (let left = 1; left > 0 && !isStopped.current; ) {
        const answer = await settle({ all })
        left = answer.settled === 0 ? 0 : answer.left
      }
      return sum
    },
    // Here and not at the call: with the last message gone, the part of the page that called is gone as well.
    onSuccess: onDone,
    onSettled: () =>
      Promise.all(
        ['unsettled', 'resend', 'list', 'recipient', 'message'].map((topic) =>
          queries.invalidateQueries({ queryKey: api.key(topic) }),
        ),
      ),
  })
  const stop = () => {
    isStopped.current = true
  }
  return { ...mutation, settled, stop, wasStopped: () => isStopped.current }
}

export function isIds(chosen: Decision['chosen']): chosen is readonly string[] {
  return Array.isArray(chosen)
}

/** What was sent again, newest first, and how often at all. */
export function useResends() {
  const api = useApi()
  return usePages<ResendsPage['data'][number], ResendsPage>({
    queryKey: api.key('resend', 'pages'),
    path: '/messages/resends',
    query: { limit: 20 },
  })
}

export function useSendingPolicy() {
  const api = useApi()
  return useQuery({
    queryKey: api.key('sending_policy'),
    queryFn: ({ signal }) => api.get<SendingPolicy>('/sending-policy', {}, signal),
  })
}

export function useSetPolicy() {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (policy: SendingPolicy) => api.put<SendingPolicy>('/sending-policy', policy),
    onSuccess: (policy) => queries.setQueryData(api.key('sending_policy'), policy),
  })
}

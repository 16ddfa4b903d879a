import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Reply } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { randomKey } from '../platform/random-key.ts'

/** A reply that stands in the thread before the hub has answered; or that the hub refused. */
export interface PendingReply {
  key: string
  reply: Reply
  /** What the bubble shows. */
  text: string
  at: string
  /** The message's id once the hub has it; the bubble goes when the thread shows that message. */
  id: string | null
  error: Error | null
}

/** Replies on their way in this conversation. They outlive a change of page: a refused one must not vanish. */
export function usePendingReplies(conversationId: string) {
  const api = useApi()
  const queries = useQueryClient()
  const queryKey = api.key('pending-replies', conversationId)
  const { data: pending } = useQuery<PendingReply[]>({
    queryKey,
    queryFn: () => [],
    initialData: [],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
  const change = (with_: (all: PendingReply[]) => PendingReply[]) =>
    queries.setQueryData<PendingReply[]>(queryKey, (all) => with_(all ?? []))
  const update = (key: string, part: Partial<PendingReply>) =>
    change((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)))

  const send = useMutation({
    // One after the other: several files arrive in their order.
    scope: { id: `replies-${conversationId}` },
    mutationFn: ({ reply, key }: PendingReply) =>
      api.post<{ id: string }>(`/conversations/${conversationId}/messages`, reply, {
        'idempotency-key': key,
      }),
    onMutate: (sent) =>
      change((all) => [...all.filter((one) => one.key !== sent.key), { ...sent, error: null }]),
    onSuccess: async ({ id }, { key }) => {
      update(key, { id })
      await Promise.all([
        queries.invalidateQueries({ queryKey: api.key('thread', conversationId) }),
        queries.invalidateQueries({ queryKey: api.key('conversation') }),
        queries.invalidateQueries({ queryKey: api.key('checklist') }),
      ])
      change((all) => all.filter((one) => one.key !== key))
    },
    onError: (error, { key }) => update(key, { error }),
  })

  return {
    pending,
    send: (reply: Reply, text: string) =>
      send.mutate({
        key: randomKey(),
        reply,
        text,
        at: new Date().toISOString(),
        id: null,
        error: null,
      }),
    sendAgain: (reply: PendingReply) => send.mutate(reply),
    drop: (key: string) => change((all) => all.filter((one) => one.key !== key)),
  }
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Conversation, UpdateConversation } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { usePages } from '../platform/api/use-pages.ts'
import { apiFilter, type InboxFilter } from './filter.ts'

/** The conversations of a view, newest first, page by page. */
export function useConversations(filter: InboxFilter) {
  const api = useApi()
  const query = apiFilter(filter)
  return usePages<Conversation>({
    queryKey: api.key('conversation', 'pages', query),
    path: '/conversations',
    query: { ...query, limit: 50 },
  })
}

/** One conversation; shown at once from the list it was chosen in. */
export function useConversation(id: string, seen: Conversation | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: api.key('conversation', 'one', id),
    queryFn: ({ signal }) => api.get<Conversation>(`/conversations/${id}`, {}, signal),
    ...(seen ? { placeholderData: seen } : {}),
  })
}

/** Closes, reopens, assigns, marks as read. */
export function useUpdateConversation() {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...change }: UpdateConversation & { id: string }) =>
      api.patch<Conversation>(`/conversations/${id}`, change),
    onSuccess: (conversation) => {
      queries.setQueryData(api.key('conversation', 'one', conversation.id), conversation)
      return queries.invalidateQueries({ queryKey: api.key('conversation') })
    },
  })
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Notice, NoticeCount } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { usePages } from '../platform/api/use-pages.ts'
import { useCan } from '../workspaces/me.ts'

/** How many there are that the person hasn't seen; live. Agents have no bell. */
export function useNoticeCount(): NoticeCount {
  const api = useApi()
  const { data } = useQuery({
    queryKey: api.key('notice', 'count'),
    queryFn: ({ signal }) => api.get<NoticeCount>('/notices/count', {}, signal),
    enabled: useCan('supervisor'),
  })
  return data ?? { unread: 0, critical: false }
}

export function useNotices({ unreadOnly }: { unreadOnly: boolean }) {
  const api = useApi()
  return usePages<Notice>({
    queryKey: api.key('notice', 'pages', unreadOnly),
    path: '/notices',
    query: { limit: 50, ...(unreadOnly ? { unread: true } : {}) },
  })
}

/** One of them, or all: seen by this person, on every device. */
export function useMarkSeen() {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string | 'all') =>
      api.post<unknown>(id === 'all' ? '/notices/read-all' : `/notices/${id}/read`),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.key('notice') }),
  })
}

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { Message } from '../../contract/index.ts'
import { readAnew } from '../platform/api/read-anew.ts'
import { useApi } from '../platform/api/use-api.ts'
import { usePages } from '../platform/api/use-pages.ts'
import { useLive } from '../platform/live/live.tsx'
import { createThrottle } from '../platform/live/throttle.ts'
import { inOrderOfTime } from './thread-items.ts'

/** A conversation's messages in the order of time; older ones with `readMore`. Live: read anew when it or a shown message changes. */
export function useThread(conversationId: string) {
  const api = useApi()
  const queryKey = api.key('thread', conversationId)
  const thread = usePages<Message>({
    queryKey,
    path: `/conversations/${conversationId}/messages`,
    query: { limit: 50 },
  })
  const messages = useMemo(() => inOrderOfTime(thread.items), [thread.items])
  const readAnew = useReadAnew(conversationId)
  useLive('conversation', (ids) => {
    if (ids.includes(conversationId)) readAnew()
  })
  useLive('message', (ids) => {
    // So many at once that they are not named one by one.
    if (ids.includes('*') || ids.some((id) => messages.some((message) => message.id === id))) readAnew()
  })
  return { ...thread, messages }
}

/** A list that runs past this contact may touch it many times a second: merged. */
function useReadAnew(conversationId: string): () => void {
  const api = useApi()
  const queries = useQueryClient()
  const [throttle] = useState(() =>
    createThrottle<string>(300, (ids) =>
      Promise.all([...ids].map((id) => readAnew(queries, api.key('thread', id)))),
    ),
  )
  useEffect(() => throttle.stop, [throttle])
  return () => throttle.add(conversationId)
}

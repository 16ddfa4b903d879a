import { useDocumentVisibility } from '@mantine/hooks'
import { useEffect, useEffectEvent } from 'react'
import type { Conversation } from '../../contract/index.ts'
import { useUpdateConversation } from './conversations.ts'

/** What the customer wrote counts as read while the conversation is open in a window that is looked at. */
export function useMarkRead({ id, unread_count: count }: Conversation): void {
  const visibility = useDocumentVisibility()
  const update = useUpdateConversation()
  const markRead = useEffectEvent(() => update.mutate({ id, read: true }))
  useEffect(() => {
    if (count > 0 && visibility === 'visible') markRead()
  }, [count, visibility])
}

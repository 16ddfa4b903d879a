import { useHotkeys } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import type { Conversation } from '../../contract/index.ts'

/** `j` and `k` go down and up the list. */
export function useInboxKeys(conversations: Conversation[], chosenId: string | undefined): void {
  const navigate = useNavigate()
  const go = (step: 1 | -1) => {
    const index = conversations.findIndex((conversation) => conversation.id === chosenId)
    const next = conversations[index === -1 ? 0 : index + step]
    if (!next) return
    void navigate({
      from: '/w/$workspace/inbox',
      to: '/w/$workspace/inbox/$conversationId',
      params: (params) => ({ ...params, conversationId: next.id }),
      search: (search) => search,
    })
  }
  useHotkeys([
    ['j', () => go(1)],
    ['k', () => go(-1)],
  ])
}

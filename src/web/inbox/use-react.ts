import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Message, Reply } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'

/** Puts an emoji on a message; an empty one takes it back. */
export function useReact(conversationId: string): (message: Message, emoji: string) => void {
  const { t } = useTranslation('inbox')
  const api = useApi()
  const queries = useQueryClient()
  const send = useMutation({
    mutationFn: (reply: Reply) => api.post(`/conversations/${conversationId}/messages`, reply),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.key('thread', conversationId) }),
    onError: (error) => notifications.show({ color: 'red', title: t('notReacted'), message: error.message }),
  })
  return ({ external_message_id }, emoji) => {
    if (external_message_id)
      send.mutate({ type: 'reaction', reaction: { message_id: external_message_id, emoji } })
  }
}

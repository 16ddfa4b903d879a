import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '../../contract/index.ts'
import { useUpdateConversation } from './conversations.ts'

/** Closes an open conversation and reopens a closed one; a notice says so, because the row leaves the list. */
export function useCloseConversation(): (conversation: Conversation) => void {
  const { t } = useTranslation('inbox')
  const update = useUpdateConversation()
  return ({ id, state, contact }) => {
    const next = state === 'closed' ? 'open' : 'closed'
    update.mutate(
      { id, state: next },
      {
        onSuccess: () =>
          notifications.show({ message: t(`${next}Notice`, { name: contact.name }), autoClose: 3000 }),
        onError: (error) =>
          notifications.show({ color: 'red', title: t('notChanged'), message: error.message }),
      },
    )
  }
}

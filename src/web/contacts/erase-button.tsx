import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Contact } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { formatPhone } from '../platform/format/phone.ts'
import { ConfirmModal } from '../platform/page/confirm-modal.tsx'

/** Takes a person out of the hub for good, after a word typed by hand. */
export function EraseButton({ contact, onErased }: { contact: Contact; onErased: () => void }) {
  const { t } = useTranslation('contacts')
  const [isAsking, asking] = useDisclosure()
  const erase = useErase(contact.id, onErased)
  const name =
    contact.name ??
    contact.profile_name ??
    (contact.phone ? formatPhone(contact.phone) : (contact.username ?? contact.user_id ?? ''))
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        size="compact-sm"
        mr="auto"
        leftSection={<IconTrash size={16} />}
        onClick={asking.open}
      >
        {contact.is_group ? t('erase.group') : t('erase.person')}
      </Button>
      <ConfirmModal
        isOpen={isAsking}
        title={t('erase.ask', { name })}
        text={t('erase.text')}
        confirm={t('erase.confirm')}
        word={t('erase.word')}
        isPending={erase.isPending}
        error={erase.error}
        onConfirm={() => erase.mutate(undefined, { onSuccess: asking.close })}
        onClose={() => {
          erase.reset()
          asking.close()
        }}
      />
    </>
  )
}

function useErase(id: string, onErased: () => void) {
  const { t } = useTranslation('contacts')
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => api.remove(`/contacts/${id}`),
    onSuccess: async () => {
      onErased()
      notifications.show({ message: t('erase.done') })
      await queries.invalidateQueries({ queryKey: api.key('contact') })
      await queries.invalidateQueries({ queryKey: api.key('conversation') })
    },
  })
}

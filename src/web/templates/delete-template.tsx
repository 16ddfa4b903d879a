import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Template } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { ConfirmModal } from '../platform/page/confirm-modal.tsx'
import { useCan } from '../workspaces/me.ts'
import { languageName } from './language-name.ts'

/** Takes a template away, here and at the provider; asks for its name where that can't be undone. */
export function DeleteTemplate({ template, onDeleted }: { template: Template; onDeleted: () => void }) {
  const { t } = useTranslation('templates')
  const api = useApi()
  const queries = useQueryClient()
  const [isAsking, asking] = useDisclosure()
  const { name, language, status } = template
  const remove = useMutation({
    mutationFn: () => api.remove(`/templates/${template.id}`),
    onSuccess: async () => {
      asking.close()
      onDeleted()
      notifications.show({ message: t('delete.done', { name }) })
      await queries.invalidateQueries({ queryKey: api.key('template') })
    },
  })
  if (!useCan('supervisor') || status === 'DELETED') return null
  const isDraft = status === 'DRAFT'
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        leftSection={<IconTrash size={16} />}
        onClick={asking.open}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('delete.button')}
      </Button>
      <ConfirmModal
        isOpen={isAsking}
        title={t('delete.title', { name })}
        text={isDraft ? t('delete.draft') : t('delete.submitted', { language: languageName(language) })}
        confirm={t('delete.confirm')}
        {...(isDraft ? {} : { word: name })}
        isPending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={asking.close}
      />
    </>
  )
}

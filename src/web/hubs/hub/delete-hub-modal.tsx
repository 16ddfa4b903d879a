import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Hub } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { ConfirmModal } from '../../platform/page/confirm-modal.tsx'
import { useHubChanged } from '../hubs.ts'

/** A hub can't be brought back, so its name is asked for; with a list under way the hub refuses. */
export function DeleteHubModal({ hub, isOpen, onClose }: { hub: Hub; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation('hubs')
  const api = useApi()
  const navigate = useNavigate({ from: '/w/$workspace' })
  const changed = useHubChanged()
  const remove = useMutation({
    mutationFn: () => api.remove(`/hubs/${hub.id}`),
    onSuccess: async () => {
      await navigate({ to: '/w/$workspace/hubs' })
      notifications.show({ message: t('delete.done', { name: hub.name }) })
      await changed()
    },
  })
  return (
    <ConfirmModal
      isOpen={isOpen}
      title={t('delete.ask', { name: hub.name })}
      text={t('delete.text')}
      confirm={t('delete.do')}
      word={hub.name}
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={() => {
        remove.reset()
        onClose()
      }}
    />
  )
}

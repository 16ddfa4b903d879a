import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { ConfirmModal } from '../platform/page/confirm-modal.tsx'
import { useCan } from '../workspaces/me.ts'
import { useCampaignChanged } from './campaigns.ts'

/** Deletes a campaign; one that has hubs is refused by the hub with its reason. */
export function CampaignMenu({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns')
  const [isAsking, asking] = useDisclosure()
  const api = useApi()
  const navigate = useNavigate({ from: '/w/$workspace' })
  const changed = useCampaignChanged()
  const remove = useMutation({
    mutationFn: () => api.remove(`/campaigns/${campaign.id}`),
    onSuccess: async () => {
      await navigate({ to: '/w/$workspace/hubs/campaigns' })
      notifications.show({ message: t('deleted', { name: campaign.name }) })
      await changed()
    },
  })
  if (!useCan('admin')) return null
  return (
    <>
      <Button variant="default" onClick={asking.open}>
        {t('delete')}
      </Button>
      <ConfirmModal
        isOpen={isAsking}
        title={t('deleteAsk', { name: campaign.name })}
        text={t('deleteText')}
        confirm={t('delete')}
        isPending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={() => {
          remove.reset()
          asking.close()
        }}
      />
    </>
  )
}

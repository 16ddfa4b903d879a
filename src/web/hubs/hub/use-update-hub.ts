import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Hub, UpdateHub } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { useHubChanged } from '../hubs.ts'

export function useUpdateHub(hubId: string) {
  const { t } = useTranslation('hubs')
  const api = useApi()
  const changed = useHubChanged()
  return useMutation({
    mutationFn: (changes: HubChanges) => api.patch<Hub>(`/hubs/${hubId}`, changes),
    onSuccess: async () => {
      await changed()
      notifications.show({ message: t('saved') })
    },
  })
}

export type HubChanges = Pick<UpdateHub, 'enabled' | 'schedule'> & { template_id?: string | null }

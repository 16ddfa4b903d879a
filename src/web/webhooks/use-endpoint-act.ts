import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Delivery, Endpoint } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { useEndpointChanged } from './endpoints.ts'

export type EndpointAct = 'test' | 'rotate' | 'endRotation' | 'enable' | 'disable' | 'delete'

export function useEndpointAct(endpoint: Endpoint, onSecret: (endpoint: Endpoint) => void) {
  const { t } = useTranslation('webhooks')
  const api = useApi()
  const changed = useEndpointChanged()
  const path = `/webhook-endpoints/${endpoint.id}`
  const run = async (act: EndpointAct): Promise<void> => {
    switch (act) {
      case 'test':
        await api.post<Delivery>(`${path}/test`)
        return
      case 'rotate':
        return onSecret(await api.post<Endpoint>(`${path}/rotate-secret`))
      case 'endRotation':
        await api.post<Endpoint>(`${path}/end-rotation`)
        return
      case 'enable':
      case 'disable':
        await api.patch<Endpoint>(path, { enabled: act === 'enable' })
        return
      case 'delete':
        return api.remove(path)
    }
  }
  return useMutation({
    mutationFn: run,
    onSuccess: async (_, act) => {
      await changed()
      if (act !== 'rotate') notifications.show({ message: t(`done.${act}`, { name: endpoint.name }) })
    },
  })
}

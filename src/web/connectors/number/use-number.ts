import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { NumberDetail, WhatsAppNumber } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'

/** Places are taken and fall free without a word. */
const readAnewMs = 15_000

export function useNumber(id: string) {
  const api = useApi()
  return useQuery({
    queryKey: api.key('connector', 'number', id),
    queryFn: ({ signal }) => api.get<NumberDetail>(`/numbers/${id}`, {}, signal),
    refetchInterval: readAnewMs,
  })
}

/** Messages per second; null: as fast as the provider allows. */
export function useSetPace(id: string) {
  const { t } = useTranslation('connectors')
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (perSecond: number | null) =>
      api.patch<WhatsAppNumber>(`/numbers/${id}`, { pace_override_per_second: perSecond }),
    onSuccess: () => {
      notifications.show({ message: t('numberPage.pace.saved') })
      return Promise.all(
        ['connector', 'lane', 'list'].map((topic) => queries.invalidateQueries({ queryKey: api.key(topic) })),
      )
    },
  })
}

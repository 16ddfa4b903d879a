import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { TemplateSync } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'

/** Reads all templates of the given connectors from their providers and tells what changed. */
export function useSyncTemplates() {
  const { t } = useTranslation('shell')
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (connectorIds: string[]) => {
      const syncs = await Promise.all(
        connectorIds.map((id) => api.post<TemplateSync>(`/connectors/${id}/sync-templates`)),
      )
      return {
        found: syncs.reduce((sum, sync) => sum + sync.found, 0),
        changed: syncs.reduce((sum, sync) => sum + sync.changed + sync.gone, 0),
      }
    },
    onSuccess: async ({ found, changed }) => {
      notifications.show({ message: t('templatesSynced', { count: found, changed }) })
      await Promise.all(
        ['template', 'connector'].map((topic) => queries.invalidateQueries({ queryKey: api.key(topic) })),
      )
    },
    onError: (error) =>
      notifications.show({ color: 'red', title: t('templatesNotSynced'), message: error.message }),
  })
}

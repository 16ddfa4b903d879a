import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ApiKey } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { TimeText } from '../../platform/format/time-text.tsx'
import { ConfirmModal } from '../../platform/page/confirm-modal.tsx'

export function ApiKeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation('settings')
  const [isAsking, asking] = useDisclosure()
  const revoke = useRevokeKey(apiKey.id)
  return (
    <tr>
      <td>
        <Text fw={550}>{apiKey.name}</Text>
        <Text size="sm" c="dimmed" ff="monospace">
          {apiKey.hint}…
        </Text>
      </td>
      <td data-label={t('keys.scopes')}>{apiKey.scopes.map((scope) => t(`scope.${scope}`)).join(', ')}</td>
      <td data-label={t('keys.lastUsed')}>
        {apiKey.last_used_at ? <TimeText at={apiKey.last_used_at} look="relative" /> : t('keys.never')}
      </td>
      <td data-label={t('keys.created')}>
        <TimeText at={apiKey.created_at} />
      </td>
      <td>
        {apiKey.revoked_at ? (
          <Text size="sm" c="dimmed">
            {t('keys.revoked')} <TimeText at={apiKey.revoked_at} look="relative" />
          </Text>
        ) : (
          <Button variant="subtle" color="red" size="compact-sm" onClick={asking.open}>
            {t('keys.revoke')}
          </Button>
        )}
        <ConfirmModal
          isOpen={isAsking}
          title={t('keys.revokeAsk', { name: apiKey.name })}
          text={t('keys.revokeText')}
          confirm={t('keys.revoke')}
          isPending={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate(undefined, { onSuccess: asking.close })}
          onClose={() => {
            revoke.reset()
            asking.close()
          }}
        />
      </td>
    </tr>
  )
}

function useRevokeKey(id: string) {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => api.remove(`/api-keys/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.key('api_key') }),
  })
}

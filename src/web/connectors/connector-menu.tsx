import { ActionIcon, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDots, IconPlugConnected, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Connector } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { ConfirmModal } from '../platform/page/confirm-modal.tsx'
import { useSyncTemplates } from '../templates/use-sync-templates.ts'
import { useConnectorChanged } from './connectors.ts'

/** Sync templates, disconnect (asks first: sending stops), reconnect. */
export function ConnectorMenu({ connector }: { connector: Connector }) {
  const { t } = useTranslation('connectors')
  const [isAsking, asking] = useDisclosure()
  const api = useApi()
  const changed = useConnectorChanged()
  const sync = useSyncTemplates()
  const act = useMutation({
    mutationFn: (verb: 'disconnect' | 'reconnect') => api.post(`/connectors/${connector.id}/${verb}`),
    onSuccess: async () => {
      await changed()
      asking.close()
    },
  })
  const isDisconnected = connector.status === 'DISCONNECTED'
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon size="lg" aria-label={t('menu.open', { name: connector.name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => sync.mutate([connector.id])}>
            {t('menu.syncTemplates')}
          </Menu.Item>
          {isDisconnected ? (
            <Menu.Item leftSection={<IconPlugConnected size={16} />} onClick={() => act.mutate('reconnect')}>
              {t('menu.reconnect')}
            </Menu.Item>
          ) : (
            <Menu.Item color="red" leftSection={<IconPlugConnectedX size={16} />} onClick={asking.open}>
              {t('menu.disconnect')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ConfirmModal
        isOpen={isAsking || (act.error !== null && !act.isPending)}
        title={t('disconnect.title', { name: connector.name })}
        text={t('disconnect.text')}
        confirm={t('menu.disconnect')}
        isPending={act.isPending}
        error={act.error}
        onConfirm={() => act.mutate('disconnect')}
        onClose={() => {
          act.reset()
          asking.close()
        }}
      />
    </>
  )
}

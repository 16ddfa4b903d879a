import { ActionIcon, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import {
  IconDots,
  IconHistory,
  IconPlugConnected,
  IconPlugConnectedX,
  IconRefresh,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Connector } from '../../contract/index.ts'
import { ConfirmModal } from '../platform/page/confirm-modal.tsx'
import { useSyncTemplates } from '../templates/use-sync-templates.ts'
import { useConnectorAct } from './use-connector-act.ts'

/** Sync templates, disconnect (asks first: sending stops), reconnect. */
export function ConnectorMenu({ connector }: { connector: Connector }) {
  const { t } = useTranslation('connectors')
  const [isAsking, asking] = useDisclosure()
  const navigate = useNavigate({ from: '/w/$workspace/numbers' })
  const open = (history: string) => void navigate({ search: { history } })
  const sync = useSyncTemplates()
  const disconnect = useConnectorAct(connector, 'disconnect')
  const reconnect = useConnectorAct(connector, 'reconnect')
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon size="lg" aria-label={t('menu.open', { name: connector.name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => open(connector.id)}>
            {t('menu.history')}
          </Menu.Item>
          {connector.status === 'DISCONNECTED' ? (
            <Menu.Item
              leftSection={<IconPlugConnected size={16} />}
              onClick={() =>
                reconnect.mutate(undefined, {
                  onSuccess: ({ name }) =>
                    notifications.show({
                      color: 'green',
                      title: t('menu.reconnected', { name }),
                      message: t('menu.reconnectedText'),
                    }),
                  onError: ({ message }) =>
                    notifications.show({ color: 'red', title: t('menu.notReconnected'), message }),
                })
              }
            >
              {t('menu.reconnect')}
            </Menu.Item>
          ) : (
            <>
              <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => sync.mutate([connector.id])}>
                {t('menu.syncTemplates')}
              </Menu.Item>
              <Menu.Item color="red" leftSection={<IconPlugConnectedX size={16} />} onClick={asking.open}>
                {t('menu.disconnect')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <ConfirmModal
        isOpen={isAsking}
        title={t('disconnect.title', { name: connector.name })}
        text={t('disconnect.text')}
        confirm={t('menu.disconnect')}
        isPending={disconnect.isPending}
        error={disconnect.error}
        onConfirm={() => disconnect.mutate(undefined, { onSuccess: asking.close })}
        onClose={asking.close}
      />
    </>
  )
}

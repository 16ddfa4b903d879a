import { ActionIcon, Menu } from '@mantine/core'
import {
  IconDots,
  IconKey,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconRepeat,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Endpoint } from '../../contract/index.ts'
import { ConfirmModal } from '../platform/page/confirm-modal.tsx'
import type { useEndpointAct } from './use-endpoint-act.ts'

interface EndpointMenuProps {
  endpoint: Endpoint
  act: ReturnType<typeof useEndpointAct>
  onEdit: () => void
  onReplay: () => void
}

/** Edit, replay, new secret, switch off or on, delete; what takes something away asks first. */
export function EndpointMenu({ endpoint, act, onEdit, onReplay }: EndpointMenuProps) {
  const { t } = useTranslation('webhooks')
  const [asking, setAsking] = useState<'rotate' | 'delete' | null>(null)
  const [asked, setAsked] = useState<'rotate' | 'delete'>('rotate')
  const ask = (what: 'rotate' | 'delete') => {
    setAsked(what)
    setAsking(what)
  }
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon size="lg" aria-label={t('act.menu', { name: endpoint.name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
            {t('act.edit')}
          </Menu.Item>
          <Menu.Item leftSection={<IconRepeat size={16} />} disabled={!endpoint.enabled} onClick={onReplay}>
            {t('act.replay')}
          </Menu.Item>
          <Menu.Item leftSection={<IconKey size={16} />} onClick={() => ask('rotate')}>
            {t('act.rotate')}
          </Menu.Item>
          {endpoint.enabled ? (
            <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={() => act.mutate('disable')}>
              {t('act.disable')}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => act.mutate('enable')}>
              {t('act.enable')}
            </Menu.Item>
          )}
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => ask('delete')}>
            {t('act.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmModal
        isOpen={asking !== null}
        title={t(`ask.${asked}`, { name: endpoint.name })}
        text={t(`askText.${asked}`)}
        confirm={t(`act.${asked}`)}
        isPending={act.isPending}
        error={act.error}
        onConfirm={() => act.mutate(asked, { onSuccess: () => setAsking(null) })}
        onClose={() => {
          act.reset()
          setAsking(null)
        }}
      />
    </>
  )
}

import { Drawer } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useConnectors } from '../connectors.ts'
import { HistoryList } from './history-list.tsx'

/** What became of an account and its numbers. */
export function HistoryDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('connectors')
  const { data: connectors = [] } = useConnectors()
  const name = connectors.find((connector) => connector.id === id)?.name
  const title = name ? t('history.of', { name }) : t('history.title')
  return (
    <Drawer opened={id !== undefined} onClose={onClose} title={title} size={460}>
      {id !== undefined && <HistoryList connectorId={id} />}
    </Drawer>
  )
}

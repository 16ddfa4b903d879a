import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { List } from '../../../contract/index.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { ErrorNote } from '../../platform/page/error-state.tsx'
import { TestSendButton } from '../test-send-button.tsx'
import { CancelModal } from './cancel-modal.tsx'
import { RetryModal } from './retry-modal.tsx'
import { useListAct } from './use-list-act.ts'

/** What can be done with the list in its state. What can't be taken back asks first. */
export function ListActions({ list }: { list: List }) {
  const { t } = useTranslation('hubs')
  const act = useListAct(list)
  const [isCancelling, cancelling] = useDisclosure()
  const [isRetrying, retrying] = useDisclosure()
  const is = (...states: List['state'][]) => states.includes(list.state)
  const pendingAct = act.isPending ? act.variables : null
  return (
    <>
      {is('running', 'scheduled', 'paused') && (
        <Button variant="default" leftSection={<IconX size={16} />} onClick={cancelling.open}>
          {t('act.cancel')}
        </Button>
      )}
      {list.match && <TestSendButton list={list} />}
      {is('running', 'paused', 'finished') && list.counts.failed > 0 && (
        <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={retrying.open}>
          {t('act.retry', { count: list.counts.failed, n: formatNumber(list.counts.failed) })}
        </Button>
      )}
      {is('running', 'scheduled') && (
        <Button
          leftSection={<IconPlayerPause size={16} />}
          loading={pendingAct === 'pause'}
          onClick={() => act.mutate('pause')}
        >
          {t('act.pause')}
        </Button>
      )}
      {is('paused') && (
        <Button
          leftSection={<IconPlayerPlay size={16} />}
          loading={pendingAct === 'resume'}
          onClick={() => act.mutate('resume')}
        >
          {t('act.resume', { count: list.counts.waiting, n: formatNumber(list.counts.waiting) })}
        </Button>
      )}
      {act.error && !isCancelling && !isRetrying && <ErrorNote error={act.error} />}
      <CancelModal list={list} act={act} isOpen={isCancelling} onClose={cancelling.close} />
      <RetryModal list={list} act={act} isOpen={isRetrying} onClose={retrying.close} />
    </>
  )
}

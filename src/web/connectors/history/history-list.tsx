import { Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AccountChange } from '../../../contract/index.ts'
import { formatPhone } from '../../platform/format/phone.ts'
import { TimeText } from '../../platform/format/time-text.tsx'
import { EmptyState } from '../../platform/page/empty-state.tsx'
import { ErrorNote } from '../../platform/page/error-state.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { MoreButton } from '../../platform/page/more-button.tsx'
import { useCan } from '../../workspaces/me.ts'
import { useNumbers } from '../connectors.ts'
import { useChangeWords } from './change-words.ts'
import classes from './history-list.module.css'
import { useHistory } from './use-history.ts'

type HistoryListProps = { connectorId: string } | { numberId: string }

/** What became of an account or a number, newest first. */
export function HistoryList(of: HistoryListProps) {
  const { t } = useTranslation(['connectors', 'shell'])
  const history = useHistory(of)
  if (history.isPending) return <LoadingRows count={4} height={44} />
  if (history.error) return <ErrorNote error={history.error} />
  if (history.items.length === 0)
    return <EmptyState icon={IconHistory} title={t('history.empty.title')} text={t('history.empty.text')} />
  return (
    <>
      <ol className={classes.list}>
        {history.items.map((change) => (
          <Entry key={change.id} change={change} showsNumber={'connectorId' in of} />
        ))}
      </ol>
      <MoreButton pages={history} mt="sm" />
    </>
  )
}

function Entry({ change, showsNumber }: { change: AccountChange; showsNumber: boolean }) {
  const { t } = useTranslation('connectors')
  const { topic, text } = useChangeWords()(change)
  const number = useNumbers().get(change.number_id ?? '')
  const mayReadLog = useCan('admin')
  return (
    <li className={classes.entry}>
      <div className={classes.head}>
        <span className={classes.topic}>{topic}</span>
        <TimeText at={change.at} look="full" className={classes.time} />
      </div>
      <Text size="sm" dir="auto">
        {text}
      </Text>
      <Text size="xs" c="dimmed" component="div" className={classes.foot}>
        {showsNumber && number && <span>{formatPhone(number.phone)}</span>}
        {change.inbound_log_id === null && <span>{t('history.learnt')}</span>}
        {change.inbound_log_id !== null && mayReadLog && (
          <Link
            from="/w/$workspace"
            to="/w/$workspace/events/inbound"
            search={{ log: change.inbound_log_id }}
          >
            {t('history.webhook')}
          </Link>
        )}
      </Text>
    </li>
  )
}

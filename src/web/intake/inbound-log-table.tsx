import { useTranslation } from 'react-i18next'
import type { InboundLog } from '../../contract/index.ts'
import { useConnectors } from '../connectors/connectors.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { DataTable } from '../platform/page/data-table.tsx'
import rows from '../platform/page/row-link.module.css'
import { StateBadge } from '../platform/state/state-badge.tsx'
import { useFactWords } from './fact-words.ts'
import classes from './inbound-log-table.module.css'

const factsShown = 2

/** One row per webhook: what was in it, and the verdict on it. */
export function InboundLogTable({ logs, onOpen }: { logs: InboundLog[]; onOpen: (log: InboundLog) => void }) {
  const { t } = useTranslation('intake')
  const { data: connectors } = useConnectors()
  return (
    <DataTable
      label={t('title')}
      columns={[t('column.facts'), t('column.verdict'), t('column.connector'), t('column.received')]}
    >
      {logs.map((log) => (
        <tr key={log.id} className={rows.row}>
          <td>
            <button type="button" className={`${rows.link} ${classes.facts}`} onClick={() => onOpen(log)}>
              <Facts log={log} />
            </button>
          </td>
          <td data-label={t('column.verdict')}>
            <StateBadge state={log.verdict} size="sm" title={log.error ?? undefined} />
          </td>
          <td data-label={t('column.connector')}>
            {connectors?.find(({ id }) => id === log.connector_id)?.name ?? t('noConnector')}
          </td>
          <td data-label={t('column.received')} className={classes.time}>
            <TimeText at={log.received_at} />
          </td>
        </tr>
      ))}
    </DataTable>
  )
}

function Facts({ log: { facts, verdict } }: { log: InboundLog }) {
  const { t } = useTranslation('intake')
  const factWords = useFactWords()
  if (facts.length === 0) return verdict === 'received' ? t('notReadYet') : t('noFacts')
  const [first = '', ...others] = facts.slice(0, factsShown).map(factWords)
  return (
    <>
      {first}
      {others.map((words) => (
        <span key={words} className={classes.more}>
          {words}
        </span>
      ))}
      {facts.length > factsShown && (
        <span className={classes.more}>{t('moreFacts', { count: facts.length - factsShown })}</span>
      )}
    </>
  )
}

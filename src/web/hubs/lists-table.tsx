import { useTranslation } from 'react-i18next'
import type { List } from '../../contract/index.ts'
import { formatNumber } from '../platform/format/number.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { DataTable } from '../platform/page/data-table.tsx'
import rows from '../platform/page/row-link.module.css'
import { StateBadge } from '../platform/state/state-badge.tsx'
import { isInPreparation } from './hubs.ts'
import { ListLink } from './list-link.tsx'
import { useListWords } from './list-words.ts'
import classes from './lists-table.module.css'
import { ProgressBar } from './progress-bar.tsx'

const counted = ['sent', 'delivered', 'read', 'failed'] as const

/** One row per list: how far, what arrived, what failed. */
export function ListsTable({ lists, withHub = false }: { lists: List[]; withHub?: boolean }) {
  const { t } = useTranslation(['hubs', 'states'])
  const listWords = useListWords()
  return (
    <DataTable
      label={t('lists')}
      columns={[
        t('column.list'),
        t('column.progress'),
        ...counted.map((state) => t(`states:${state}`)),
        t('column.created'),
      ]}
    >
      {lists.map((list) => (
        <tr key={list.id} className={rows.row}>
          <td className={classes.name}>
            <ListLink list={list} className={rows.link}>
              {list.name}
            </ListLink>
            {withHub && <div className={classes.hub}>{list.hub_name}</div>}
            <div className={classes.words}>{listWords(list)}</div>
          </td>
          <td className={classes.progress}>
            <div className={classes.state}>
              <StateBadge state={list.state} size="sm" />
              <span className="numeric">{t('rows', { count: list.rows, n: formatNumber(list.rows) })}</span>
            </div>
            {!isInPreparation(list) && <ProgressBar list={list} />}
          </td>
          {counted.map((state) => (
            <td key={state} data-label={t(`states:${state}`)} className={`numeric ${classes.count}`}>
              {isInPreparation(list) ? null : formatNumber(list.counts[state])}
            </td>
          ))}
          <td data-label={t('column.created')}>
            <TimeText at={list.created_at} className={classes.time} />
          </td>
        </tr>
      ))}
    </DataTable>
  )
}

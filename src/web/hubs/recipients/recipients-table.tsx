import { useTranslation } from 'react-i18next'
import type { List, Recipient } from '../../../contract/index.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { formatPhone } from '../../platform/format/phone.ts'
import { DataTable } from '../../platform/page/data-table.tsx'
import { StateBadge } from '../../platform/state/state-badge.tsx'
import { ErrorCodeButton } from '../../sending/error-code-button.tsx'
import classes from './recipients-table.module.css'

const cellsShown = 3

/** One row per recipient: who, with which values, what became of it and why. */
export function RecipientsTable({ list, recipients }: { list: List; recipients: Recipient[] }) {
  const { t } = useTranslation('hubs')
  const columns = list.columns
    .filter((column) => column !== list.match?.phone && column !== list.match?.user_id)
    .slice(0, cellsShown)
  return (
    <DataTable
      label={t('recipients.title')}
      columns={[t('column.row'), t('column.phone'), ...columns, t('column.state'), t('column.why')]}
    >
      {recipients.map((recipient) => (
        <tr key={recipient.id}>
          <td data-label={t('column.row')} className="numeric">
            {formatNumber(recipient.row_number)}
          </td>
          <td data-label={t('column.phone')} className={`numeric ${classes.phone}`}>
            {recipient.phone
              ? formatPhone(recipient.phone)
              : (recipient.user_id ?? recipient.cells[list.match?.phone ?? ''])}
          </td>
          {columns.map((column) => (
            <td key={column} data-label={column} className={classes.cell} dir="auto">
              {recipient.cells[column]}
            </td>
          ))}
          <td data-label={t('column.state')}>
            <StateBadge state={recipient.state} size="sm" />
          </td>
          <td className={classes.why}>
            <Why recipient={recipient} />
          </td>
        </tr>
      ))}
    </DataTable>
  )
}

function Why({ recipient: { problem, error } }: { recipient: Recipient }) {
  if (problem) return problem.message
  if (!error) return null
  return (
    <>
      {error.reason}
      <ErrorCodeButton code={error.code} className={classes.code} />
    </>
  )
}

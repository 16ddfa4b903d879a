import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ErrorCodeEntry } from '../../contract/index.ts'
import { DataTable } from '../platform/page/data-table.tsx'
import classes from './error-codes-table.module.css'

/** A calm colour for what goes on by itself, a loud one for what stops more than one message. */
const tones = {
  retry: 'blue',
  wait_a_day: 'grey',
  wait_for_provider: 'blue',
  stop_template: 'amber',
  stop_number: 'amber',
  suppress: 'grey',
  leave_out: 'grey',
  final: 'red',
} as const satisfies Record<ErrorCodeEntry['policy'], string>

export function ErrorCodesTable({ codes }: { codes: ErrorCodeEntry[] }) {
  const { t } = useTranslation('sending')
  return (
    <DataTable
      label={t('codes.title')}
      columns={[
        t('codes.column.code'),
        t('codes.column.reason'),
        t('codes.column.advice'),
        t('codes.column.who'),
        t('codes.column.policy'),
      ]}
    >
      {codes.map((entry) => (
        <tr key={`${entry.provider} ${entry.code}`}>
          <td className={classes.code}>
            <span className="numeric">{entry.code}</span>
            <span className={classes.quiet}>{t(`codes.provider.${entry.provider}`)}</span>
          </td>
          <td className={classes.reason}>
            {entry.reason}
            <span className={classes.quiet}>{entry.title}</span>
          </td>
          <td className={classes.advice}>{entry.advice ?? t('codes.noAdvice')}</td>
          <td data-label={t('codes.column.who')} className={classes.who}>
            {t(`codes.whoActs.${entry.who_acts}`)}
          </td>
          <td data-label={t('codes.column.policy')}>
            <Tooltip label={t(`codes.doesHint.${entry.policy}`)} multiline w={260}>
              <span className={classes.policy} data-tone={tones[entry.policy]}>
                {t(`codes.does.${entry.policy}`)}
              </span>
            </Tooltip>
          </td>
        </tr>
      ))}
    </DataTable>
  )
}

import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { List } from '../../../contract/index.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { DataTable } from '../../platform/page/data-table.tsx'
import { Section } from '../../platform/page/section.tsx'
import { ErrorCodeButton } from '../../sending/error-code-button.tsx'
import classes from './failures-section.module.css'

/** What failed, by reason, and what to do about each. */
export function FailuresSection({ list, onOpen }: { list: List; onOpen: (code: string) => void }) {
  const { t } = useTranslation('hubs')
  if (list.failures.length === 0) return null
  return (
    <Section flush title={t('failures.title')} text={t('failures.text')}>
      <DataTable
        label={t('failures.title')}
        columns={[t('failures.reason'), t('failures.advice'), t('failures.count')]}
      >
        {list.failures.map(({ code, reason, advice, count }) => (
          <tr key={code}>
            <td className={classes.reason}>
              {reason}
              <ErrorCodeButton code={code} className={classes.code} />
            </td>
            <td className={classes.advice}>{advice}</td>
            <td data-label={t('failures.count')}>
              <Button
                variant="default"
                size="compact-sm"
                className="numeric"
                aria-label={t('failures.open', { count, reason })}
                onClick={() => onOpen(code)}
              >
                {formatNumber(count)}
              </Button>
            </td>
          </tr>
        ))}
      </DataTable>
    </Section>
  )
}

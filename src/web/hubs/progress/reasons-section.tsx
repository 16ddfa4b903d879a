import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { List } from '../../../contract/index.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { DataTable } from '../../platform/page/data-table.tsx'
import { Section } from '../../platform/page/section.tsx'
import { ErrorCodeButton } from '../../sending/error-code-button.tsx'
import classes from './reasons-section.module.css'

interface ReasonsProps {
  list: List
  /** What failed at the provider, with what to do about it, or who was left out by the hub. */
  kind: 'failures' | 'skips'
  onOpen: (code: string) => void
}

/** How many, by reason; a number opens the recipients behind it. */
export function ReasonsSection({ list, kind, onOpen }: ReasonsProps) {
  const { t } = useTranslation('hubs')
  const columns = [
    t('reasons.reason'),
    ...(kind === 'failures' ? [t('reasons.advice')] : []),
    t('reasons.count'),
  ]
  if (list[kind].length === 0) return null
  return (
    <Section flush title={t(`reasons.${kind}`)} text={t(`reasons.${kind}_text`)}>
      <DataTable label={t(`reasons.${kind}`)} columns={columns}>
        {list[kind].map((row) => (
          <tr key={row.code}>
            <td className={classes.reason}>
              {row.reason}
              {kind === 'failures' && <ErrorCodeButton code={row.code} className={classes.code} />}
            </td>
            {'advice' in row && <td className={classes.advice}>{row.advice}</td>}
            <td data-label={t('reasons.count')}>
              <Button
                variant="default"
                size="compact-sm"
                className="numeric"
                aria-label={t('reasons.open', { count: row.count, reason: row.reason })}
                onClick={() => onOpen(row.code)}
              >
                {formatNumber(row.count)}
              </Button>
            </td>
          </tr>
        ))}
      </DataTable>
    </Section>
  )
}

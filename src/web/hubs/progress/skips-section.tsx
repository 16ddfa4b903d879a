import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { List } from '../../../contract/index.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { DataTable } from '../../platform/page/data-table.tsx'
import { Section } from '../../platform/page/section.tsx'
import classes from './failures-section.module.css'

/** Who was left out since the start, by reason. */
export function SkipsSection({ list, onOpen }: { list: List; onOpen: (code: string) => void }) {
  const { t } = useTranslation('hubs')
  if (list.skips.length === 0) return null
  return (
    <Section flush title={t('skips.title')} text={t('skips.text')}>
      <DataTable label={t('skips.title')} columns={[t('skips.reason'), t('skips.count')]}>
        {list.skips.map(({ code, reason, count }) => (
          <tr key={code}>
            <td className={classes.reason}>{reason}</td>
            <td data-label={t('skips.count')}>
              <Button
                variant="default"
                size="compact-sm"
                className="numeric"
                aria-label={t('skips.open', { count, reason })}
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

import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { List } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { DataTable } from '../../platform/page/data-table.tsx'
import { ErrorState } from '../../platform/page/error-state.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { Section } from '../../platform/page/section.tsx'
import { RecipientPager } from './recipient-pager.tsx'
import { useRecipients } from './recipients.ts'
import { RefusedRow } from './refused-row.tsx'

const refused = { state: 'problem' } as const

interface RefusedRowsProps {
  list: List
  phoneColumn: string
}

/** The rows that nothing can be sent to, each with its reason: mend them here, download them, or leave them out. */
export function RefusedRows({ list, phoneColumn }: RefusedRowsProps) {
  const { t } = useTranslation('hubs')
  const api = useApi()
  if (list.rows_refused === 0) return null
  return (
    <Section
      flush
      title={t('refused.title', { count: list.rows_refused, n: formatNumber(list.rows_refused) })}
      text={t('refused.text')}
      actions={
        <Button
          component="a"
          href={api.url(`/lists/${list.id}/export`, { format: 'csv', state: 'problem' })}
          download
          variant="default"
          size="compact-md"
          leftSection={<IconDownload size={16} />}
        >
          {t('refused.download')}
        </Button>
      }
    >
      <Rows list={list} phoneColumn={phoneColumn} />
    </Section>
  )
}

function Rows({ list, phoneColumn }: RefusedRowsProps) {
  const { t } = useTranslation('hubs')
  const { items, error, isPending, refetch, turner, top } = useRecipients({
    listId: list.id,
    filter: refused,
  })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (isPending) return <LoadingRows count={3} />
  return (
    <>
      <div ref={top} />
      <DataTable
        label={t('refused.table')}
        columns={[t('column.row'), t('refused.cells'), t('refused.reason'), '']}
      >
        {items.map((row) => (
          <RefusedRow key={row.id} list={list} row={row} phoneColumn={phoneColumn} />
        ))}
      </DataTable>
      <RecipientPager list={list} rows={items} turner={turner} />
    </>
  )
}

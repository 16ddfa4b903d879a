import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ContactImport, RefusedContact } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { usePages } from '../../platform/api/use-pages.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { DataTable } from '../../platform/page/data-table.tsx'
import { ErrorState } from '../../platform/page/error-state.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { MoreButton } from '../../platform/page/more-button.tsx'
import { Section } from '../../platform/page/section.tsx'
import classes from './import.module.css'

/** The rows that are left out, each with its reason; nothing where there are none. */
export function RefusedRows({ one }: { one: ContactImport }) {
  const { t } = useTranslation('contacts')
  const api = useApi()
  if (one.rows_refused === 0) return null
  return (
    <Section
      flush
      title={t('import.refused.title', { count: one.rows_refused, n: formatNumber(one.rows_refused) })}
      text={t('import.refused.text')}
      actions={
        <Button
          component="a"
          href={api.url(`/contacts/imports/${one.id}/refused/export`)}
          download
          variant="default"
          size="compact-md"
          leftSection={<IconDownload size={16} />}
        >
          {t('import.refused.download')}
        </Button>
      }
    >
      <Rows one={one} />
    </Section>
  )
}

function Rows({ one }: { one: ContactImport }) {
  const { t } = useTranslation('contacts')
  const api = useApi()
  const rows = usePages<RefusedContact>({
    queryKey: api.key('contact_import', 'refused', one.id),
    path: `/contacts/imports/${one.id}/refused`,
    query: { limit: 20 },
  })
  if (rows.error) return <ErrorState error={rows.error} onRetry={() => void rows.refetch()} />
  if (rows.isPending) return <LoadingRows count={3} />
  return (
    <>
      <DataTable
        label={t('import.refused.title', { count: one.rows_refused, n: formatNumber(one.rows_refused) })}
        columns={[t('import.refused.row'), t('import.refused.cells'), t('import.refused.reason')]}
      >
        {rows.items.map((row) => (
          <tr key={row.row_number}>
            <td data-label={t('import.refused.row')} className="numeric">
              {formatNumber(row.row_number)}
            </td>
            <td data-label={t('import.refused.cells')}>
              <div className={classes.cells}>
                {Object.entries(row.cells).map(([column, cell]) => cell && <bdi key={column}>{cell}</bdi>)}
              </div>
            </td>
            <td data-label={t('import.refused.reason')}>{row.message}</td>
          </tr>
        ))}
      </DataTable>
      <MoreButton pages={rows} />
    </>
  )
}

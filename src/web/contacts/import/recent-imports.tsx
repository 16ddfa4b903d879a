import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ContactImport } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { usePages } from '../../platform/api/use-pages.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { TimeText } from '../../platform/format/time-text.tsx'
import { DataTable } from '../../platform/page/data-table.tsx'
import { MoreButton } from '../../platform/page/more-button.tsx'
import rowLink from '../../platform/page/row-link.module.css'
import { Section } from '../../platform/page/section.tsx'
import { ImportBadge } from './import-badge.tsx'

/** What was imported in the last 30 days, to be looked up or gone on with. */
export function RecentImports() {
  const { t } = useTranslation('contacts')
  const api = useApi()
  const imports = usePages<ContactImport>({
    queryKey: api.key('contact_import', 'pages'),
    path: '/contacts/imports',
    query: { limit: 20 },
  })
  if (imports.items.length === 0) return null
  return (
    <Section flush title={t('import.recent')} text={t('import.recentText')}>
      <DataTable
        label={t('import.recent')}
        columns={[
          t('import.column.file'),
          t('import.column.state'),
          t('import.column.rows'),
          t('import.column.created'),
          t('import.column.updated'),
          t('import.column.refused'),
          t('import.column.at'),
        ]}
      >
        {imports.items.map((one) => (
          <tr key={one.id} className={rowLink.row}>
            <td>
              <Link
                from="/w/$workspace"
                to="/w/$workspace/contacts/import/$importId"
                params={{ importId: one.id }}
                className={rowLink.link}
              >
                {one.file_name}
              </Link>
            </td>
            <td data-label={t('import.column.state')}>
              <ImportBadge state={one.state} />
            </td>
            <Count label={t('import.column.rows')} value={one.rows} />
            <Count label={t('import.column.created')} value={one.created} />
            <Count label={t('import.column.updated')} value={one.updated} />
            <Count label={t('import.column.refused')} value={one.rows_refused} />
            <td data-label={t('import.column.at')}>
              <TimeText at={one.created_at} look="relative" />
            </td>
          </tr>
        ))}
      </DataTable>
      <MoreButton pages={imports} />
    </Section>
  )
}

function Count({ label, value }: { label: string; value: number }) {
  return (
    <td data-label={label} className="numeric">
      {formatNumber(value)}
    </td>
  )
}

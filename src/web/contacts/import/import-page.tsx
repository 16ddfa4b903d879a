import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ContactImport } from '../../../contract/index.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { ErrorState } from '../../platform/page/error-state.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { Page } from '../../platform/page/page.tsx'
import { PageHeader } from '../../platform/page/page-header.tsx'
import { ImportBadge } from './import-badge.tsx'
import { ImportOutcome } from './import-outcome.tsx'
import { ImportProgress } from './import-progress.tsx'
import { useImport } from './imports.ts'
import { PrepareImport } from './prepare-import.tsx'
import { RefusedRows } from './refused-rows.tsx'

const route = getRouteApi('/w/$workspace/contacts/import/$importId')

/** One file on its way into contacts: matched and checked, under way, or over. */
export function ImportPage() {
  const { t } = useTranslation('contacts')
  const { workspace, importId } = route.useParams()
  const { data, error, refetch } = useImport(importId)
  return (
    <Page>
      <PageHeader
        title={data?.file_name ?? t('import.title')}
        badge={data && <ImportBadge state={data.state} />}
        summary={data && t('import.rows', { count: data.rows, n: formatNumber(data.rows) })}
        back={{
          label: t('import.title'),
          link: { to: '/w/$workspace/contacts/import', params: { workspace } },
        }}
      />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <LoadingRows count={6} />}
      {data && <ImportContent one={data} />}
    </Page>
  )
}

function ImportContent({ one }: { one: ContactImport }) {
  switch (one.state) {
    case 'ready':
    case 'checking':
      return one.columns.length === 0 ? (
        <ImportProgress one={one} />
      ) : (
        <PrepareImport key={one.id} one={one} />
      )
    case 'running':
      return <ImportProgress one={one} />
    case 'finished':
    case 'failed':
    case 'cancelled':
      return (
        <>
          <ImportOutcome one={one} />
          <RefusedRows one={one} />
        </>
      )
    default:
      return one.state satisfies never
  }
}

import { Button, Text } from '@mantine/core'
import { IconCircleCheck, IconSearch } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../platform/format/number.ts'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import type { UnsettledFilter } from './filter.ts'
import { PolicySection } from './policy-section.tsx'
import { ResendsSection } from './resends-section.tsx'
import classes from './unsettled.module.css'
import { useUnsettled } from './unsettled.ts'
import { UnsettledFilters } from './unsettled-filters.tsx'
import { UnsettledSection } from './unsettled-section.tsx'

const route = getRouteApi('/w/$workspace/hubs/unsettled')

/** Which messages does nobody know the fate of, and what do I do about them? */
export function UnsettledPage() {
  const { t } = useTranslation('sending')
  const filter = route.useSearch()
  const navigate = useNavigate({ from: '/w/$workspace/hubs/unsettled' })
  const change = (next: UnsettledFilter) => void navigate({ search: next, replace: true })
  const unsettled = useUnsettled(filter)
  const { items, total, isSuccess, isPending, error, refetch } = unsettled
  const isFiltered = Object.keys(filter).length > 0
  const isEmpty = isSuccess && items.length === 0
  return (
    <Page>
      <PageHeader title={t('title')} summary={isSuccess && !isFiltered && <Answer total={total} />} />
      {!isEmpty && (
        <Text c="dimmed" maw="72ch" mb="lg">
          {t('what')}
        </Text>
      )}
      {(!isEmpty || isFiltered) && (
        <UnsettledFilters filter={filter} listName={items[0]?.list?.name} onChange={change} />
      )}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingRows count={6} />}
      {isEmpty && <Nothing isFiltered={isFiltered} onClear={() => change({})} />}
      {items.length > 0 && (
        <UnsettledSection key={JSON.stringify(filter)} filter={filter} unsettled={unsettled} />
      )}
      <div className={classes.below}>
        <PolicySection />
        <ResendsSection />
      </div>
    </Page>
  )
}

function Answer({ total }: { total: number }) {
  const { t } = useTranslation('sending')
  return total === 0 ? t('settled') : t('answer', { count: total, n: formatNumber(total) })
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { t } = useTranslation('sending')
  if (!isFiltered) {
    return <EmptyState boxed icon={IconCircleCheck} title={t('empty.title')} text={t('empty.text')} />
  }
  return (
    <EmptyState
      boxed
      icon={IconSearch}
      title={t('nothing.title')}
      text={t('nothing.text')}
      action={
        <Button variant="default" onClick={onClear}>
          {t('nothing.clear')}
        </Button>
      }
    />
  )
}

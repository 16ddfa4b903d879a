import { Button } from '@mantine/core'
import { IconListDetails, IconSearch } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../platform/page/empty-state.tsx'
import { ErrorState } from '../../platform/page/error-state.tsx'
import { LinkButton } from '../../platform/page/link-button.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { MoreButton } from '../../platform/page/more-button.tsx'
import { Page } from '../../platform/page/page.tsx'
import { PageHeader } from '../../platform/page/page-header.tsx'
import { useLists } from '../hubs.ts'
import { ListsTable } from '../lists-table.tsx'
import type { ListFilter } from './filter.ts'
import { ListFilters } from './list-filters.tsx'

const route = getRouteApi('/w/$workspace/hubs/lists')

/** Where is that list, and how far is it? */
export function ListsPage() {
  const { t } = useTranslation(['hubs', 'shell'])
  const filter = route.useSearch()
  const navigate = useNavigate({ from: '/w/$workspace/hubs/lists' })
  const change = (next: ListFilter) => void navigate({ search: next, replace: true })
  // The search field keeps its text by itself: it is made anew when the filter is cleared.
  const [cleared, setCleared] = useState(0)
  const clear = () =>
    void navigate({ search: {}, replace: true }).then(() => setCleared((times) => times + 1))
  const lists = useLists(filter)
  const isFiltered = Object.keys(filter).length > 0
  const isEmpty = lists.isSuccess && lists.items.length === 0
  return (
    <Page>
      <PageHeader title={t('listsPage.title')} summary={t('listsPage.text')} />
      {(!isEmpty || isFiltered) && <ListFilters key={cleared} filter={filter} onChange={change} />}
      {lists.error && <ErrorState error={lists.error} onRetry={() => void lists.refetch()} />}
      {lists.isPending && <LoadingRows count={6} height={58} />}
      {isEmpty && <Nothing isFiltered={isFiltered} onClear={clear} />}
      {lists.items.length > 0 && <ListsTable lists={lists.items} withHub />}
      <MoreButton pages={lists} />
    </Page>
  )
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { t } = useTranslation('hubs')
  if (isFiltered) {
    return (
      <EmptyState
        boxed
        icon={IconSearch}
        title={t('listsPage.nothing')}
        text={t('listsPage.nothingText')}
        action={
          <Button variant="default" onClick={onClear}>
            {t('listsPage.clear')}
          </Button>
        }
      />
    )
  }
  return (
    <EmptyState
      boxed
      icon={IconListDetails}
      title={t('listsPage.empty')}
      text={t('listsPage.emptyText')}
      action={
        <LinkButton from="/w/$workspace" to="/w/$workspace/hubs">
          {t('listsPage.toHubs')}
        </LinkButton>
      }
    />
  )
}

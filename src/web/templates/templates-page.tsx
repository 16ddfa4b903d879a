import { Button } from '@mantine/core'
import { IconRefresh, IconTemplate } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useConnectors } from '../connectors/connectors.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import { FilterSelect } from '../platform/page/filter-select.tsx'
import filters from '../platform/page/filters.module.css'
import { LinkButton } from '../platform/page/link-button.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { MoreButton } from '../platform/page/more-button.tsx'
import { NothingFound } from '../platform/page/nothing-found.tsx'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import { SearchField } from '../platform/page/search-field.tsx'
import { useCan } from '../workspaces/me.ts'
import { filterableStatuses, type TemplateFilter } from './filter.ts'
import { TemplateDrawer } from './template-drawer.tsx'
import { TemplateTable } from './template-table.tsx'
import { useTemplates } from './templates.ts'
import { useSyncTemplates } from './use-sync-templates.ts'

const route = getRouteApi('/w/$workspace/templates')

/** Which message forms may I send? Every template with its verdict, and how it looks on a phone. */
export function TemplatesPage() {
  const { t } = useTranslation('templates')
  const filter = route.useSearch()
  const navigate = useNavigate({ from: '/w/$workspace/templates' })
  const change = (next: TemplateFilter) => void navigate({ search: next, replace: true })
  const templates = useTemplates({ status: filter.status, search: filter.search })
  const isFiltered = filter.status !== undefined || filter.search !== undefined
  const isEmpty = templates.isSuccess && templates.items.length === 0

  return (
    <Page>
      <PageHeader title={t('title')} summary={<LastSynced />} actions={<SyncButton />} />
      {(!isEmpty || isFiltered) && <Filters filter={filter} onChange={change} />}
      {templates.error && <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />}
      {templates.isPending && <LoadingRows count={8} height={48} />}
      {isEmpty &&
        (isFiltered ? (
          <NothingFound
            title={t('nothing.title')}
            text={t('nothing.text')}
            clear={t('nothing.clear')}
            onClear={() => change({})}
          />
        ) : (
          <NoTemplates />
        ))}
      {templates.items.length > 0 && (
        <TemplateTable
          templates={templates.items}
          onOpen={(template) => change({ ...filter, template: template.id })}
        />
      )}
      <MoreButton pages={templates} />
      <TemplateDrawer
        id={filter.template}
        onClose={() => {
          const { template: _, ...rest } = filter
          change(rest)
        }}
      />
    </Page>
  )
}

function Filters({
  filter,
  onChange,
}: {
  filter: TemplateFilter
  onChange: (filter: TemplateFilter) => void
}) {
  const { t } = useTranslation(['templates', 'states'])
  const search = (text: string | undefined) => {
    const { search: _, ...rest } = filter
    onChange(text === undefined ? rest : { ...rest, search: text })
  }
  const chooseStatus = (status: TemplateFilter['status']) => {
    const { status: _, ...rest } = filter
    onChange(status ? { ...rest, status } : rest)
  }
  return (
    <div className={filters.filters}>
      <SearchField label={t('search')} value={filter.search} onSearch={search} />
      <FilterSelect
        label={t('filterStatus')}
        all={t('anyStatus')}
        options={filterableStatuses.map((value) => ({ value, label: t(`states:${value}`) }))}
        value={filter.status}
        onChange={chooseStatus}
      />
    </div>
  )
}

function SyncButton() {
  const { t } = useTranslation('templates')
  const { data: connectors = [] } = useConnectors()
  const maySync = useCan('admin')
  const sync = useSyncTemplates()
  const connected = connectors.filter((connector) => connector.status !== 'DISCONNECTED')
  if (!maySync || connected.length === 0) return null
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={16} />}
      loading={sync.isPending}
      onClick={() => sync.mutate(connected.map(({ id }) => id))}
    >
      {t('sync')}
    </Button>
  )
}

function LastSynced() {
  const { t } = useTranslation('templates')
  const { data: connectors = [] } = useConnectors()
  const last = connectors
    .flatMap((connector) => connector.templates_synced_at ?? [])
    .toSorted()
    .at(-1)
  return (
    <>
      {t('summary')}{' '}
      {last && (
        <>
          {t('lastSynced')} <TimeText at={last} look="relative" />.
        </>
      )}
    </>
  )
}

function NoTemplates() {
  const { t } = useTranslation('templates')
  const { data: connectors = [] } = useConnectors()
  return connectors.length === 0 ? (
    <EmptyState
      boxed
      icon={IconTemplate}
      title={t('empty.title')}
      text={t('empty.connectFirst')}
      action={
        <LinkButton from="/w/$workspace" to="/w/$workspace/numbers">
          {t('empty.connect')}
        </LinkButton>
      }
    />
  ) : (
    <EmptyState
      boxed
      icon={IconTemplate}
      title={t('empty.title')}
      text={t('empty.sync')}
      action={<SyncButton />}
    />
  )
}

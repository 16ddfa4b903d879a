import { Button } from '@mantine/core'
import { IconBellOff, IconDownload } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { OptOut } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { usePages } from '../../platform/api/use-pages.ts'
import { EmptyState } from '../../platform/page/empty-state.tsx'
import { ErrorState } from '../../platform/page/error-state.tsx'
import { FilterSelect } from '../../platform/page/filter-select.tsx'
import filters from '../../platform/page/filters.module.css'
import { LinkButton } from '../../platform/page/link-button.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { MoreButton } from '../../platform/page/more-button.tsx'
import { NothingFound } from '../../platform/page/nothing-found.tsx'
import { Page } from '../../platform/page/page.tsx'
import { PageHeader } from '../../platform/page/page-header.tsx'
import { SearchField } from '../../platform/page/search-field.tsx'
import { useCan } from '../../workspaces/me.ts'
import { ContactDrawer } from '../contact-drawer.tsx'
import { consentScopes, type OptOutsFilter } from './filter.ts'
import { OptOutsTable } from './opt-outs-table.tsx'

const route = getRouteApi('/w/$workspace/contacts/opt-outs')

/** Who must not be written to, since when, and how do we know? */
export function OptOutsPage() {
  const { t } = useTranslation('contacts')
  const api = useApi()
  const filter = route.useSearch()
  const navigate = useNavigate({ from: '/w/$workspace/contacts/opt-outs' })
  const { search, scope, contact } = filter
  const optOuts = usePages<OptOut>({
    queryKey: api.key('contact', 'opt-outs', search, scope),
    path: '/opt-outs',
    query: { search, scope, limit: 100 },
  })
  const show = (next: OptOutsFilter) => void navigate({ search: next, replace: true })
  const isFiltered = search !== undefined || scope !== undefined
  const isEmpty = optOuts.isSuccess && optOuts.items.length === 0
  return (
    <Page>
      <PageHeader
        title={t('optOuts.title')}
        summary={t('optOuts.summary')}
        actions={<Actions filter={filter} hasSome={optOuts.items.length > 0} />}
      />
      {(!isEmpty || isFiltered) && <Filters filter={filter} onShow={show} />}
      {optOuts.error && <ErrorState error={optOuts.error} onRetry={() => void optOuts.refetch()} />}
      {optOuts.isPending && <LoadingRows count={6} />}
      {isEmpty && isFiltered && (
        <NothingFound
          title={t('nothing.title')}
          text={t('optOuts.nothing')}
          clear={t('nothing.clear')}
          onClear={() => show({})}
        />
      )}
      {isEmpty && !isFiltered && <Nobody />}
      {optOuts.items.length > 0 && (
        <OptOutsTable
          optOuts={optOuts.items}
          onOpen={({ contact_id }) => show({ ...filter, contact: contact_id })}
        />
      )}
      <MoreButton pages={optOuts} />
      <ContactDrawer id={contact} onClose={() => show(without(filter, 'contact'))} />
    </Page>
  )
}

function Filters({ filter, onShow }: { filter: OptOutsFilter; onShow: (next: OptOutsFilter) => void }) {
  const { t } = useTranslation('contacts')
  return (
    <div className={filters.filters}>
      <SearchField
        label={t('search')}
        value={filter.search}
        onSearch={(search) => onShow({ ...without(filter, 'search'), ...(search ? { search } : {}) })}
      />
      <FilterSelect
        label={t('filter.consent')}
        all={t('optOuts.any')}
        options={consentScopes.map((value) => ({ value, label: t(`consent.${value}`) }))}
        value={filter.scope}
        onChange={(scope) => onShow({ ...without(filter, 'scope'), ...(scope ? { scope } : {}) })}
        width={210}
      />
    </div>
  )
}

function without(filter: OptOutsFilter, key: keyof OptOutsFilter): OptOutsFilter {
  const { [key]: _, ...rest } = filter
  return rest
}

function Actions({ filter: { search, scope }, hasSome }: { filter: OptOutsFilter; hasSome: boolean }) {
  const { t } = useTranslation('contacts')
  const api = useApi()
  if (!useCan('supervisor') || !hasSome) return null
  return (
    <Button
      component="a"
      href={api.url('/opt-outs/export', { search, scope })}
      download
      variant="default"
      title={t('optOuts.exportWhat')}
      leftSection={<IconDownload size={16} />}
    >
      {t('export.button')}
    </Button>
  )
}

function Nobody() {
  const { t } = useTranslation('contacts')
  const mayImport = useCan('supervisor')
  return (
    <EmptyState
      boxed
      icon={IconBellOff}
      title={t('optOuts.emptyTitle')}
      text={t('optOuts.emptyText')}
      action={
        mayImport && (
          <LinkButton from="/w/$workspace" to="/w/$workspace/contacts/import" variant="default">
            {t('optOuts.import')}
          </LinkButton>
        )
      }
    />
  )
}

import { IconAddressBook } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Contact } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { usePages } from '../platform/api/use-pages.ts'
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
import { ContactDrawer } from './contact-drawer.tsx'
import { consents, type PeopleFilter } from './filter.ts'
import { PeopleActions } from './people-actions.tsx'
import { PeopleTable } from './people-table.tsx'

const route = getRouteApi('/w/$workspace/contacts')

/** Whom do we know? Search by name or phone; a row opens what is known. */
export function PeoplePage() {
  const { t } = useTranslation(['contacts', 'shell'])
  const api = useApi()
  const filter = route.useSearch()
  const navigate = useNavigate({ from: '/w/$workspace/contacts' })
  const { search, consent } = filter
  const isFiltered = search !== undefined || consent !== undefined
  const people = usePages<Contact>({
    queryKey: api.key('contact', 'pages', search, consent),
    path: '/contacts',
    query: { search, consent, limit: 100 },
  })
  const show = (next: PeopleFilter) => void navigate({ search: next, replace: true })
  const isEmpty = people.isSuccess && people.items.length === 0
  return (
    <Page>
      <PageHeader
        title={t('title')}
        summary={t('summary')}
        actions={<PeopleActions filter={filter} hasPeople={people.items.length > 0} />}
      />
      {(!isEmpty || isFiltered) && (
        <div className={filters.filters}>
          <SearchField
            label={t('search')}
            value={search}
            onSearch={(text) => show(withSearch(filter, text))}
          />
          <FilterSelect
            label={t('filter.consent')}
            all={t('filter.any')}
            options={consents.map((value) => ({ value, label: t(`filter.${value}`) }))}
            value={consent}
            onChange={(value) => show(withConsent(filter, value))}
            width={210}
          />
        </div>
      )}
      {people.error && <ErrorState error={people.error} onRetry={() => void people.refetch()} />}
      {people.isPending && <LoadingRows count={8} />}
      {isEmpty && <Nobody filter={filter} onClear={() => show({})} />}
      {people.items.length > 0 && (
        <PeopleTable people={people.items} onOpen={({ id }) => show({ ...filter, contact: id })} />
      )}
      <MoreButton pages={people} />
      <ContactDrawer
        id={filter.contact}
        onClose={() => {
          const { contact: _, ...rest } = filter
          show(rest)
        }}
      />
    </Page>
  )
}

function withSearch({ search: _, ...rest }: PeopleFilter, text: string | undefined): PeopleFilter {
  return text ? { ...rest, search: text } : rest
}

function withConsent({ consent: _, ...rest }: PeopleFilter, consent: PeopleFilter['consent']): PeopleFilter {
  return consent ? { ...rest, consent } : rest
}

interface NobodyProps {
  filter: PeopleFilter
  onClear: () => void
}

function Nobody({ filter: { search, consent }, onClear }: NobodyProps) {
  const { t } = useTranslation('contacts')
  const mayImport = useCan('supervisor')
  if (search || consent) {
    return (
      <NothingFound
        title={t('nothing.title')}
        text={search && !consent ? t('nothing.text', { search }) : t('nothing.filtered')}
        clear={t('nothing.clear')}
        onClear={onClear}
      />
    )
  }
  return (
    <EmptyState
      boxed
      icon={IconAddressBook}
      title={t('empty.title')}
      text={t('empty.text')}
      action={
        mayImport ? (
          <LinkButton from="/w/$workspace" to="/w/$workspace/contacts/import">
            {t('import.title')}
          </LinkButton>
        ) : (
          <LinkButton from="/w/$workspace" to="/w/$workspace/inbox">
            {t('toInbox')}
          </LinkButton>
        )
      }
    />
  )
}

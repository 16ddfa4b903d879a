import { Drawer, Stack } from '@mantine/core'
import { IconAddressBook, IconMessage2, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Contact } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { usePages } from '../platform/api/use-pages.ts'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import filters from '../platform/page/filters.module.css'
import { LinkButton } from '../platform/page/link-button.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { MoreButton } from '../platform/page/more-button.tsx'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import { SearchField } from '../platform/page/search-field.tsx'
import { ContactFacts } from './contact-facts.tsx'
import { ContactNameField } from './contact-name-field.tsx'
import { PeopleTable } from './people-table.tsx'

const route = getRouteApi('/w/$workspace/contacts')

/** Whom do we know? Search by name or phone; a row opens what is known. */
export function PeoplePage() {
  const { t } = useTranslation(['contacts', 'shell'])
  const api = useApi()
  const filter = route.useSearch()
  const navigate = useNavigate({ from: '/w/$workspace/contacts' })
  const { search } = filter
  const people = usePages<Contact>({
    queryKey: api.key('contact', 'pages', search),
    path: '/contacts',
    query: { search, limit: 100 },
  })
  const isEmpty = people.isSuccess && people.items.length === 0
  return (
    <Page>
      <PageHeader title={t('title')} summary={t('summary')} />
      {(!isEmpty || search) && (
        <div className={filters.filters}>
          <SearchField
            label={t('search')}
            value={search}
            onSearch={(text) => void navigate({ search: text ? { search: text } : {}, replace: true })}
          />
        </div>
      )}
      {people.error && <ErrorState error={people.error} onRetry={() => void people.refetch()} />}
      {people.isPending && <LoadingRows count={8} />}
      {isEmpty && <Nobody search={search} />}
      {people.items.length > 0 && (
        <PeopleTable
          people={people.items}
          onOpen={({ id }) => void navigate({ search: { ...filter, contact: id }, replace: true })}
        />
      )}
      <MoreButton pages={people} />
      <ContactDrawer
        id={filter.contact}
        onClose={() => void navigate({ search: search ? { search } : {}, replace: true })}
      />
    </Page>
  )
}

function Nobody({ search }: { search: string | undefined }) {
  const { t } = useTranslation('contacts')
  if (search) {
    return (
      <EmptyState boxed icon={IconSearch} title={t('nothing.title')} text={t('nothing.text', { search })} />
    )
  }
  return (
    <EmptyState
      boxed
      icon={IconAddressBook}
      title={t('empty.title')}
      text={t('empty.text')}
      action={
        <LinkButton from="/w/$workspace" to="/w/$workspace/inbox">
          {t('toInbox')}
        </LinkButton>
      }
    />
  )
}

function ContactDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('contacts')
  const api = useApi()
  const {
    data: contact,
    error,
    refetch,
  } = useQuery({
    queryKey: api.key('contact', 'one', id),
    queryFn: ({ signal }) => api.get<Contact>(`/contacts/${id}`, {}, signal),
    enabled: id !== undefined,
  })
  return (
    <Drawer opened={id !== undefined} onClose={onClose} title={t('details')} size={400}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!contact && !error && <LoadingRows count={4} />}
      {contact && (
        <Stack>
          <ContactNameField key={contact.id} contact={contact} />
          <ContactFacts contact={contact} />
          {(contact.phone ?? contact.user_id) && (
            <LinkButton
              variant="default"
              from="/w/$workspace"
              to="/w/$workspace/inbox"
              search={{ search: contact.phone ?? contact.user_id ?? '' }}
              leftSection={<IconMessage2 size={16} />}
            >
              {t('conversation')}
            </LinkButton>
          )}
        </Stack>
      )}
    </Drawer>
  )
}

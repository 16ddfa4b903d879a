import { Button, TextInput, Title } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconInbox, IconSearch } from '@tabler/icons-react'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { usePageTitle } from '../platform/page/page-header.tsx'
import { useConversations } from './conversations.ts'
import { type InboxFilter, views } from './filter.ts'
import { FirstConversation } from './first-conversation.tsx'
import classes from './inbox-page.module.css'
import { useInboxKeys } from './use-inbox-keys.ts'
import { useMovingPreviews } from './use-moving-previews.ts'
import { VirtualRows } from './virtual-rows.tsx'

const route = getRouteApi('/w/$workspace/inbox')

/** Who waits: the conversations of the chosen view, newest first, with search. */
export function ConversationList({ chosenId }: { chosenId: string | undefined }) {
  const { t } = useTranslation('inbox')
  usePageTitle(t('title'))
  const filter = route.useSearch()
  const conversations = useConversations(filter)
  const scroller = useRef<HTMLDivElement>(null)
  useInboxKeys(conversations.items, chosenId)
  useMovingPreviews(conversations.items)
  const isEmpty = conversations.isSuccess && conversations.items.length === 0
  return (
    <section className={classes.list} aria-label={t('conversations')}>
      <div className={classes.head}>
        <div className={classes.titleRow}>
          <Title component="div" order={1} aria-hidden>
            {t('title')}
          </Title>
        </div>
        <Search filter={filter} />
        <Views filter={filter} />
      </div>
      <div ref={scroller} className={classes.scroller}>
        {conversations.isPending && (
          <div style={{ padding: '4px 16px' }}>
            <LoadingRows count={7} height={58} />
          </div>
        )}
        {conversations.error && (
          <ErrorState error={conversations.error} onRetry={() => void conversations.refetch()} />
        )}
        {isEmpty && <Nothing filter={filter} />}
        <VirtualRows
          conversations={conversations.items}
          chosenId={chosenId}
          scroller={scroller}
          onEnd={conversations.readMore}
        />
      </div>
    </section>
  )
}

function Search({ filter }: { filter: InboxFilter }) {
  const { t } = useTranslation('inbox')
  const navigate = useNavigate()
  const search = useDebouncedCallback((text: string) => {
    const { search: _, ...rest } = filter
    void navigate({ to: '.', search: text === '' ? rest : { ...rest, search: text }, replace: true })
  }, 250)
  return (
    <TextInput
      aria-label={t('search')}
      placeholder={t('search')}
      leftSection={<IconSearch size={16} />}
      defaultValue={filter.search ?? ''}
      onChange={(event) => search(event.currentTarget.value)}
    />
  )
}

function Views({ filter }: { filter: InboxFilter }) {
  const { t } = useTranslation('inbox')
  // A search looks in all of them.
  const chosen = filter.search ? 'all' : (filter.view ?? 'open')
  return (
    <nav className={classes.views} aria-label={t('views')}>
      {views.map((view) => (
        <Link
          key={view}
          to="."
          search={view === 'open' ? {} : { view }}
          className={classes.view}
          data-here={view === chosen || undefined}
          {...(view === chosen ? { 'aria-current': 'true' as const } : {})}
        >
          {t(`view.${view}`)}
        </Link>
      ))}
    </nav>
  )
}

function Nothing({ filter }: { filter: InboxFilter }) {
  const { t } = useTranslation('inbox')
  const navigate = useNavigate()
  const { view = 'open', search } = filter
  if (search)
    return (
      <EmptyState icon={IconSearch} title={t('nothing.search')} text={t('nothing.searchText', { search })} />
    )
  if (view === 'open') return <FirstConversation />
  return (
    <EmptyState
      icon={IconInbox}
      title={t(`nothing.${view}`)}
      text={t('nothing.text')}
      action={
        <Button variant="default" onClick={() => void navigate({ to: '.', search: {} })}>
          {t('nothing.showOpen')}
        </Button>
      }
    />
  )
}

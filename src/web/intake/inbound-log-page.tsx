import { Button, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconLogs, IconSearch } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import filters from '../platform/page/filters.module.css'
import { LinkButton } from '../platform/page/link-button.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import { type InboundFilter, verdicts } from './filter.ts'
import { InboundLogDrawer } from './inbound-log-drawer.tsx'
import { InboundLogTable } from './inbound-log-table.tsx'
import { useInboundLogs } from './inbound-logs.ts'

const route = getRouteApi('/w/$workspace/events/inbound')

/** What did WhatsApp tell us, and what became of it? Every webhook as it came. */
export function InboundLogPage() {
  const { t } = useTranslation(['intake', 'shell'])
  const filter = route.useSearch()
  const navigate = useNavigate({ from: '/w/$workspace/events/inbound' })
  const change = (next: InboundFilter) => void navigate({ search: next, replace: true })
  const { log: open, ...shown } = filter
  const logs = useInboundLogs(filter)
  const isFiltered = Object.keys(shown).length > 0
  const isEmpty = logs.isSuccess && logs.items.length === 0
  return (
    <Page>
      <PageHeader title={t('title')} summary={t('summary')} />
      {(!isEmpty || isFiltered) && <Filters filter={filter} onChange={change} />}
      {logs.error && <ErrorState error={logs.error} onRetry={() => void logs.refetch()} />}
      {logs.isPending && <LoadingRows count={8} />}
      {isEmpty && <Nothing isFiltered={isFiltered} onClear={() => change({})} />}
      {logs.items.length > 0 && (
        <InboundLogTable logs={logs.items} onOpen={({ id }) => change({ ...filter, log: id })} />
      )}
      {logs.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={logs.isFetchingNextPage}
          onClick={() => void logs.fetchNextPage()}
        >
          {t('shell:more')}
        </Button>
      )}
      <InboundLogDrawer id={open} onClose={() => change(shown)} />
    </Page>
  )
}

function Filters({ filter, onChange }: { filter: InboundFilter; onChange: (filter: InboundFilter) => void }) {
  const { t } = useTranslation(['intake', 'states'])
  const search = useDebouncedCallback((text: string) => {
    const { search: _, ...rest } = filter
    onChange(text.trim() === '' ? rest : { ...rest, search: text.trim() })
  }, 300)
  const choose = (value: string | null) => {
    const { verdict: _, ...rest } = filter
    const verdict = verdicts.find((one) => one === value)
    onChange(verdict ? { ...rest, verdict } : rest)
  }
  return (
    <div className={filters.filters}>
      <TextInput
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={16} />}
        defaultValue={filter.search ?? ''}
        onChange={(event) => search(event.currentTarget.value)}
        className={filters.search}
      />
      <Select
        aria-label={t('verdict')}
        data={[
          { value: 'all', label: t('allVerdicts') },
          ...verdicts.map((verdict) => ({ value: verdict, label: t(`states:${verdict}`) })),
        ]}
        value={filter.verdict ?? 'all'}
        allowDeselect={false}
        onChange={choose}
        w={180}
      />
    </div>
  )
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { t } = useTranslation('intake')
  if (isFiltered) {
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
  return (
    <EmptyState
      boxed
      icon={IconLogs}
      title={t('empty.title')}
      text={t('empty.text')}
      action={
        <LinkButton from="/w/$workspace" to="/w/$workspace/numbers">
          {t('empty.numbers')}
        </LinkButton>
      }
    />
  )
}

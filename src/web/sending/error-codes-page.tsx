import { Button, Select, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../platform/format/number.ts'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import filters from '../platform/page/filters.module.css'
import { LoadingRows } from '../platform/page/loading.tsx'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import { type CodeFilter, codePolicies, findCodes, whoActs } from './code-filter.ts'
import { useErrorCodes } from './error-codes.ts'
import { ErrorCodesTable } from './error-codes-table.tsx'

const route = getRouteApi('/w/$workspace/numbers/error-codes')

/** What does this code mean, and who has to act? */
export function ErrorCodesPage() {
  const { t } = useTranslation('sending')
  const filter = route.useSearch()
  const navigate = useNavigate({ from: '/w/$workspace/numbers/error-codes' })
  const change = (next: CodeFilter) => void navigate({ search: next, replace: true })
  // The search field keeps its text by itself: it is made anew when the filter is cleared.
  const [cleared, setCleared] = useState(0)
  const clear = () =>
    void navigate({ search: {}, replace: true }).then(() => setCleared((times) => times + 1))
  const { data: codes, error, isPending, refetch } = useErrorCodes()
  const found = useMemo(() => findCodes(codes ?? [], filter), [codes, filter])
  return (
    <Page>
      <PageHeader title={t('codes.title')} summary={t('codes.summary')} />
      <Filters key={cleared} filter={filter} onChange={change} />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingRows count={10} />}
      {codes && found.length === 0 && (
        <EmptyState
          boxed
          icon={IconSearch}
          title={t('codes.nothing.title')}
          text={t('codes.nothing.text')}
          action={
            <Button variant="default" onClick={clear}>
              {t('codes.nothing.clear')}
            </Button>
          }
        />
      )}
      {found.length > 0 && (
        <>
          <Text size="sm" c="dimmed" mb="xs" role="status">
            {t('codes.found', { count: found.length, n: formatNumber(found.length) })}
          </Text>
          <ErrorCodesTable codes={found} />
        </>
      )}
    </Page>
  )
}

function Filters({ filter, onChange }: { filter: CodeFilter; onChange: (filter: CodeFilter) => void }) {
  const { t } = useTranslation('sending')
  const search = useDebouncedCallback((text: string) => {
    const { search: _, ...rest } = filter
    onChange(text.trim() === '' ? rest : { ...rest, search: text.trim() })
  }, 150)
  return (
    <div className={filters.filters}>
      <TextInput
        aria-label={t('codes.search')}
        placeholder={t('codes.search')}
        leftSection={<IconSearch size={16} />}
        defaultValue={filter.search ?? ''}
        onChange={(event) => search(event.currentTarget.value)}
        className={filters.search}
      />
      <Select
        aria-label={t('codes.who')}
        data={[
          { value: 'all', label: t('codes.anyWho') },
          ...whoActs.map((one) => ({ value: one, label: t(`codes.whoActs.${one}`) })),
        ]}
        value={filter.who ?? 'all'}
        allowDeselect={false}
        onChange={(value) => {
          const { who: _, ...rest } = filter
          const who = whoActs.find((one) => one === value)
          onChange(who ? { ...rest, who } : rest)
        }}
        w={230}
      />
      <Select
        aria-label={t('codes.policy')}
        data={[
          { value: 'all', label: t('codes.anyPolicy') },
          ...codePolicies.map((one) => ({ value: one, label: t(`codes.does.${one}`) })),
        ]}
        value={filter.policy ?? 'all'}
        allowDeselect={false}
        onChange={(value) => {
          const { policy: _, ...rest } = filter
          const policy = codePolicies.find((one) => one === value)
          onChange(policy ? { ...rest, policy } : rest)
        }}
        w={220}
      />
    </div>
  )
}

import { ActionIcon, Select, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback, useDebouncedValue } from '@mantine/hooks'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { List } from '../../../contract/index.ts'
import { ErrorState } from '../../platform/page/error-state.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { Section } from '../../platform/page/section.tsx'
import { DownloadMenu } from './download-menu.tsx'
import { type RecipientFilter, recipientStates } from './filter.ts'
import { RecipientPager } from './recipient-pager.tsx'
import { useRecipients } from './recipients.ts'
import classes from './recipients-section.module.css'
import { RecipientsTable } from './recipients-table.tsx'

interface RecipientsSectionProps {
  list: List
  filter: RecipientFilter
  onFilter: (filter: RecipientFilter) => void
}

/** Who stands behind the counts. */
export function RecipientsSection({ list, filter, onFilter }: RecipientsSectionProps) {
  const { t } = useTranslation('hubs')
  return (
    <Section flush title={t('recipients.title')} actions={<DownloadMenu list={list} filter={filter} />}>
      <Filters list={list} filter={filter} onFilter={onFilter} />
      <Rows key={JSON.stringify(filter)} list={list} filter={filter} />
    </Section>
  )
}

function Rows({ list, filter }: Omit<RecipientsSectionProps, 'onFilter'>) {
  const { t } = useTranslation('hubs')
  const { items, error, isPending, refetch, turner, top } = useRecipients({
    listId: list.id,
    filter,
    everyMs: list.state === 'running' ? 3_000 : false,
  })
  useReadAnew(JSON.stringify(list.counts), () => void refetch())
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (isPending) return <LoadingRows count={5} />
  return (
    <>
      <div ref={top} />
      {items.length > 0 ? (
        <RecipientsTable list={list} recipients={items} />
      ) : (
        <Text c="dimmed" p="lg" ta="center">
          {t('recipients.none')}
        </Text>
      )}
      <RecipientPager list={list} rows={items} turner={turner} />
    </>
  )
}

/** Statuses go on coming after the end, and a cancel moves many rows at once: the rows follow the counts. */
function useReadAnew(counts: string, read: () => void): void {
  const [known, setKnown] = useState(counts)
  const readIfNew = useEffectEvent((now: string) => {
    if (now === known) return
    setKnown(now)
    read()
  })
  const [settled] = useDebouncedValue(counts, 1_000)
  useEffect(() => readIfNew(settled), [settled])
}

function Filters({ list, filter, onFilter }: RecipientsSectionProps) {
  const { t } = useTranslation(['hubs', 'states'])
  const search = useDebouncedCallback((text: string) => {
    const { search: _, ...rest } = filter
    onFilter(text.trim() === '' ? rest : { ...rest, search: text.trim() })
  }, 250)
  const choose = (value: string | null) => {
    const { state: _, reason: __, ...rest } = filter
    const state = recipientStates.find((one) => one === value)
    onFilter(state ? { ...rest, state } : rest)
  }
  const failure = [...list.failures, ...list.skips].find(({ code }) => code === filter.reason)
  return (
    <div className={classes.filters}>
      <TextInput
        aria-label={t('recipients.search')}
        placeholder={t('recipients.search')}
        leftSection={<IconSearch size={16} />}
        defaultValue={filter.search ?? ''}
        onChange={(event) => search(event.currentTarget.value)}
        className={classes.search}
      />
      <Select
        aria-label={t('recipients.state')}
        data={[
          { value: 'all', label: t('recipients.all') },
          ...recipientStates.map((state) => ({ value: state, label: t(`states:${state}`) })),
        ]}
        value={filter.state ?? 'all'}
        allowDeselect={false}
        onChange={choose}
        w={180}
      />
      {filter.reason && (
        <span className={classes.reason} data-tone="red">
          {failure?.reason ?? filter.reason}
          <ActionIcon
            size="sm"
            color="red"
            aria-label={t('recipients.anyReason')}
            onClick={() => {
              const { reason: _, ...rest } = filter
              onFilter(rest)
            }}
          >
            <IconX size={14} />
          </ActionIcon>
        </span>
      )}
    </div>
  )
}

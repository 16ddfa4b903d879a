import { Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import filters from '../../platform/page/filters.module.css'
import { useHubs } from '../hubs.ts'
import { type ListFilter, listStates } from './filter.ts'

interface ListFiltersProps {
  filter: ListFilter
  onChange: (filter: ListFilter) => void
}

export function ListFilters({ filter, onChange }: ListFiltersProps) {
  const { t } = useTranslation(['hubs', 'states'])
  const { data: hubs = [] } = useHubs()
  const search = useDebouncedCallback((text: string) => {
    const { search: _, ...rest } = filter
    onChange(text.trim() === '' ? rest : { ...rest, search: text.trim() })
  }, 250)
  return (
    <div className={filters.filters}>
      <TextInput
        aria-label={t('listsPage.search')}
        placeholder={t('listsPage.search')}
        leftSection={<IconSearch size={16} />}
        defaultValue={filter.search ?? ''}
        onChange={(event) => search(event.currentTarget.value)}
        className={filters.search}
      />
      <Select
        aria-label={t('listsPage.hub')}
        data={[
          { value: 'all', label: t('listsPage.everyHub') },
          ...hubs.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={filter.hub ?? 'all'}
        allowDeselect={false}
        searchable
        onChange={(value) => {
          const { hub: _, ...rest } = filter
          onChange(value && value !== 'all' ? { ...rest, hub: value } : rest)
        }}
        w={220}
      />
      <Select
        aria-label={t('listsPage.state')}
        data={[
          { value: 'all', label: t('listsPage.everyState') },
          ...listStates.map((one) => ({ value: one, label: t(`states:${one}`) })),
        ]}
        value={filter.state ?? 'all'}
        allowDeselect={false}
        onChange={(value) => {
          const { state: _, ...rest } = filter
          const state = listStates.find((one) => one === value)
          onChange(state ? { ...rest, state } : rest)
        }}
        w={170}
      />
    </div>
  )
}

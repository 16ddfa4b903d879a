import { ActionIcon, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useNumbers } from '../connectors/connectors.ts'
import { formatPhone } from '../platform/format/phone.ts'
import filters from '../platform/page/filters.module.css'
import { type UnsettledFilter, unsettledStates } from './filter.ts'
import classes from './unsettled.module.css'

interface UnsettledFiltersProps {
  filter: UnsettledFilter
  /** Of the list in the filter, where a row tells it. */
  listName: string | undefined
  onChange: (filter: UnsettledFilter) => void
}

export function UnsettledFilters({ filter, listName, onChange }: UnsettledFiltersProps) {
  const { t } = useTranslation('sending')
  const numbers = [...useNumbers().values()]
  const { state, number, list } = filter
  const keep = {
    ...(state ? { state } : {}),
    ...(number ? { number } : {}),
    ...(list ? { list } : {}),
  }
  return (
    <div className={filters.filters}>
      <Select
        aria-label={t('filter.state')}
        data={[
          { value: 'all', label: t('filter.everyState') },
          ...unsettledStates.map((one) => ({ value: one, label: t(`state.${one}`) })),
        ]}
        value={state ?? 'all'}
        allowDeselect={false}
        onChange={(value) => {
          const { state: _, ...rest } = keep
          const chosen = unsettledStates.find((one) => one === value)
          onChange(chosen ? { ...rest, state: chosen } : rest)
        }}
        w={200}
      />
      <Select
        aria-label={t('filter.number')}
        data={[
          { value: 'all', label: t('filter.everyNumber') },
          ...numbers.map(({ id, phone }) => ({ value: id, label: formatPhone(phone) })),
        ]}
        value={number ?? 'all'}
        allowDeselect={false}
        onChange={(value) => {
          const { number: _, ...rest } = keep
          onChange(value && value !== 'all' ? { ...rest, number: value } : rest)
        }}
        w={200}
      />
      {list && (
        <span className={classes.chip} data-tone="amber">
          {listName ? t('filter.list', { name: listName }) : t('filter.oneList')}
          <ActionIcon
            size="sm"
            aria-label={t('filter.anyList')}
            onClick={() => {
              const { list: _, ...rest } = keep
              onChange(rest)
            }}
          >
            <IconX size={14} />
          </ActionIcon>
        </span>
      )}
    </div>
  )
}

import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import filters from './filters.module.css'

interface SearchFieldProps {
  label: string
  value: string | undefined
  /** Told a moment after the last key; undefined when the field is empty. */
  onSearch: (text: string | undefined) => void
}

/** The search of a list, among its filters. */
export function SearchField({ label, value, onSearch }: SearchFieldProps) {
  const later = useDebouncedCallback((text: string) => onSearch(text.trim() || undefined), 250)
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} />}
      defaultValue={value ?? ''}
      onChange={(event) => later(event.currentTarget.value)}
      className={filters.search}
    />
  )
}

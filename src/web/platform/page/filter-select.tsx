import { Select } from '@mantine/core'

interface FilterSelectProps<Value extends string> {
  label: string
  /** The words for "no matter which", which stands first. */
  all: string
  options: readonly { value: Value; label: string }[]
  value: Value | undefined
  onChange: (value: Value | undefined) => void
  width?: number
  searchable?: boolean
}

const any = 'any'

/** One filter of a list: all, or one of few. */
export function FilterSelect<Value extends string>({
  label,
  all,
  options,
  value,
  onChange,
  width = 180,
  searchable = false,
}: FilterSelectProps<Value>) {
  return (
    <Select
      aria-label={label}
      data={[{ value: any, label: all }, ...options]}
      value={value ?? any}
      allowDeselect={false}
      searchable={searchable}
      onChange={(chosen) => onChange(options.find((option) => option.value === chosen)?.value)}
      w={width}
    />
  )
}

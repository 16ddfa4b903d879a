import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const zones = Intl.supportedValuesOf('timeZone').map((zone) => ({
  value: zone,
  label: zone.replaceAll('_', ' '),
}))

/** Where this browser is; the first guess for a new campaign. */
export const ownTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone

interface TimeZoneSelectProps {
  value: string
  onChange: (zone: string) => void
}

export function TimeZoneSelect({ value, onChange }: TimeZoneSelectProps) {
  const { t } = useTranslation('campaigns')
  // A zone that the hub knows and this browser calls otherwise, such as UTC, stays to choose.
  const data = zones.some((zone) => zone.value === value) ? zones : [{ value, label: value }, ...zones]
  return (
    <Select
      label={t('field.timeZone')}
      description={t('field.timeZoneHint')}
      data={data}
      value={value}
      onChange={(zone) => zone !== null && onChange(zone)}
      searchable
      allowDeselect={false}
      limit={60}
      nothingFoundMessage={t('field.timeZoneNothing')}
      maw={340}
    />
  )
}

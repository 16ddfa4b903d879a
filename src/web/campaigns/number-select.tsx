import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNumbers } from '../connectors/connectors.ts'
import { formatPhone } from '../platform/format/phone.ts'

interface NumberSelectProps {
  value: string
  onChange: (id: string) => void
  error?: ReactNode
  /** The number of a campaign never changes: its customers know it. */
  isFixed: boolean
}

export function NumberSelect({ value, onChange, error, isFixed }: NumberSelectProps) {
  const { t } = useTranslation('campaigns')
  const numbers = [...useNumbers().values()].filter((number) => number.connected || number.id === value)
  return (
    <Select
      label={t('field.number')}
      description={isFixed ? t('field.numberFixed') : t('field.numberHint')}
      placeholder={t('field.numberChoose')}
      data={numbers.map((number) => ({
        value: number.id,
        label: `${formatPhone(number.phone)} · ${number.verified_name}`,
      }))}
      value={value || null}
      onChange={(id) => id !== null && onChange(id)}
      error={error}
      disabled={isFixed}
      allowDeselect={false}
      nothingFoundMessage={t('field.numberNone')}
    />
  )
}

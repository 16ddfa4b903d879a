import { ActionIcon, Group, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../platform/format/number.ts'

interface RowStepperProps {
  /** From 1. */
  row: number
  last: number
  onChange: (row: number) => void
}

/** Goes from row to row of the file. */
export function RowStepper({ row, last, onChange }: RowStepperProps) {
  const { t } = useTranslation('hubs')
  return (
    <Group justify="center" gap="xs" mb="sm">
      <ActionIcon aria-label={t('preview.before')} disabled={row <= 1} onClick={() => onChange(row - 1)}>
        <IconChevronLeft size={18} />
      </ActionIcon>
      <Text size="sm" className="numeric" aria-live="polite">
        {t('preview.row', { row: formatNumber(row), last: formatNumber(last) })}
      </Text>
      <ActionIcon aria-label={t('preview.after')} disabled={row >= last} onClick={() => onChange(row + 1)}>
        <IconChevronRight size={18} />
      </ActionIcon>
    </Group>
  )
}

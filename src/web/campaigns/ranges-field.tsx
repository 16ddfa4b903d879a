import { ActionIcon, Text, Tooltip } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TimeRange } from '../../contract/index.ts'
import { findRangeFault, minutesOf } from './opening-hours.ts'
import classes from './schedule-editor.module.css'
import { TimeField } from './time-field.tsx'

interface RangesFieldProps {
  /** Whose ranges: "Monday", "24 December 2026". */
  day: string
  ranges: TimeRange[]
  onChange: (ranges: TimeRange[]) => void
}

/** The open ranges of one day: change, take away, add. */
export function RangesField({ day, ranges, onChange }: RangesFieldProps) {
  const { t } = useTranslation('campaigns')
  const fault = findRangeFault(ranges)
  const change = (index: number, range: TimeRange) => onChange(ranges.toSpliced(index, 1, range))
  return (
    <div className={classes.ranges}>
      {ranges.length === 0 && (
        <Text c="dimmed" size="sm">
          {t('hours.closed')}
        </Text>
      )}
      {ranges.map(([from, to], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a range has no other name than its place
        <span key={index} className={classes.range}>
          <TimeField
            label={t('hours.from', { day, n: index + 1 })}
            value={from}
            hasFault={fault !== null}
            onChange={(time) => change(index, [time, to])}
          />
          <span aria-hidden>–</span>
          <TimeField
            label={t('hours.to', { day, n: index + 1 })}
            value={to}
            hasFault={fault !== null}
            onChange={(time) => change(index, [from, time])}
          />
          <ActionIcon
            aria-label={t('hours.removeRange', { day, n: index + 1 })}
            onClick={() => onChange(ranges.toSpliced(index, 1))}
          >
            <IconX size={15} />
          </ActionIcon>
        </span>
      ))}
      <Tooltip label={t('hours.addRange')}>
        <ActionIcon
          aria-label={t('hours.addRangeTo', { day })}
          onClick={() => onChange([...ranges, nextRange(ranges)])}
        >
          <IconPlus size={16} />
        </ActionIcon>
      </Tooltip>
      {fault && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {t(`hours.fault.${fault}`)}
        </Text>
      )}
    </div>
  )
}

/** Behind the last one, as long as there is room; the working day when there is none yet. */
function nextRange(ranges: readonly TimeRange[]): TimeRange {
  const last = ranges
    .map(([, to]) => to)
    .toSorted()
    .at(-1)
  if (last === undefined) return ['09:00', '18:00']
  const from = Math.min(minutesOf(last) + 60, 23 * 60)
  return [clock(from), clock(Math.min(from + 120, 24 * 60))]
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

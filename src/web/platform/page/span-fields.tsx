import { Chip, Group, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { toInstant, toLocalField } from '../format/local-field.ts'
import classes from './span-fields.module.css'

/** As the two fields hold it; an empty end means now. */
export interface Span {
  since: string
  until: string
}

const hourMs = 3_600_000
const lengths = { hour: hourMs, day: 24 * hourMs, week: 7 * 24 * hourMs } as const
const lengthNames = ['hour', 'day', 'week'] as const

/** From so long ago until now. */
export function spanOfLast(length: keyof typeof lengths): Span {
  return { since: toLocalField(new Date(Date.now() - lengths[length]).toISOString()), until: '' }
}

/** What is wrong with it; null when nothing is. */
export function spanFault({ since, until }: Span): 'since' | 'until' | null {
  const begin = toInstant(since)
  if (begin === null) return 'since'
  const end = until === '' ? new Date().toISOString() : toInstant(until)
  return end === null || end <= begin ? 'until' : null
}

interface SpanFieldsProps {
  value: Span
  /** Only once somebody tried to go on. */
  fault: 'since' | 'until' | null
  onChange: (span: Span) => void
}

/** A span of time, by a usual length or by both ends. */
export function SpanFields({ value, fault, onChange }: SpanFieldsProps) {
  const { t } = useTranslation('shell')
  return (
    <>
      <Group gap="xs">
        {lengthNames.map((name) => (
          <Chip
            key={name}
            size="sm"
            checked={value.until === '' && value.since === spanOfLast(name).since}
            onChange={() => onChange(spanOfLast(name))}
          >
            {t(`span.${name}`)}
          </Chip>
        ))}
      </Group>
      <div className={classes.ends}>
        <TextInput
          type="datetime-local"
          label={t('span.since')}
          value={value.since}
          error={fault === 'since' && t('span.sinceMissing')}
          onChange={(event) => onChange({ ...value, since: event.currentTarget.value })}
        />
        <TextInput
          type="datetime-local"
          label={t('span.until')}
          description={t('span.untilHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={value.until}
          error={fault === 'until' && t('span.untilWrong')}
          onChange={(event) => onChange({ ...value, until: event.currentTarget.value })}
        />
      </div>
    </>
  )
}

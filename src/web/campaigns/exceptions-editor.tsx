import { ActionIcon, Button, Group, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScheduleException } from '../../contract/index.ts'
import { locale } from '../platform/format/locale.ts'
import classes from './exceptions-editor.module.css'
import { RangesField } from './ranges-field.tsx'

interface ExceptionsEditorProps {
  value: ScheduleException[]
  onChange: (exceptions: ScheduleException[]) => void
}

/** Dates with hours of their own, or none: holidays, a long Saturday. */
export function ExceptionsEditor({ value, onChange }: ExceptionsEditorProps) {
  const { t } = useTranslation('campaigns')
  const [date, setDate] = useState('')
  const isThere = value.some((exception) => exception.date === date)
  const add = () => {
    onChange([...value, { date, ranges: [] }].toSorted((a, b) => a.date.localeCompare(b.date)))
    setDate('')
  }
  return (
    <div>
      {value.map((exception, index) => (
        <div key={exception.date} className={classes.row}>
          <span className={classes.date}>{dateWords(exception.date)}</span>
          <RangesField
            day={dateWords(exception.date)}
            ranges={exception.ranges}
            onChange={(ranges) => onChange(value.toSpliced(index, 1, { ...exception, ranges }))}
          />
          <ActionIcon
            aria-label={t('exceptions.remove', { date: dateWords(exception.date) })}
            onClick={() => onChange(value.toSpliced(index, 1))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <Group align="flex-end" gap="sm" mt={value.length > 0 ? 'sm' : 0}>
        <TextInput
          type="date"
          label={t('exceptions.date')}
          value={date}
          error={isThere ? t('exceptions.twice') : null}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          disabled={date === '' || isThere}
          onClick={add}
        >
          {t('exceptions.add')}
        </Button>
      </Group>
      {value.length === 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('exceptions.hint')}
        </Text>
      )}
    </div>
  )
}

function dateWords(date: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(date))
}

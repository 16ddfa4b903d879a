import { ActionIcon, Button, Text, Tooltip } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Weekday, WeeklySchedule } from '../../contract/index.ts'
import { DayStrip } from './day-strip.tsx'
import { findOutside } from './opening-hours.ts'
import { RangesField } from './ranges-field.tsx'
import classes from './schedule-editor.module.css'
import { rangeWords } from './schedule-words.ts'
import { weekdayName, weekdays } from './weekdays.ts'

interface ScheduleEditorProps {
  label: string
  value: WeeklySchedule
  onChange: (schedule: WeeklySchedule) => void
  /** Hours that must not be left: a campaign's, around its hub's. */
  within?: WeeklySchedule
}

/** A week, day by day, with any number of ranges. */
export function ScheduleEditor({ label, value, onChange, within }: ScheduleEditorProps) {
  const { t } = useTranslation('campaigns')
  const outside = within ? findOutside(value, within) : null
  return (
    <fieldset className={classes.week}>
      <legend className="visually-hidden">{label}</legend>
      {!within && <Presets onChoose={onChange} />}
      {weekdays.map((day) => (
        <div key={day} className={classes.day}>
          <span className={classes.dayName}>{weekdayName(day, 'long')}</span>
          <DayStrip ranges={value[day] ?? []} within={within?.[day]} />
          <RangesField
            day={weekdayName(day, 'long')}
            ranges={value[day] ?? []}
            onChange={(ranges) => onChange({ ...value, [day]: ranges })}
          />
          <Tooltip label={t('hours.copy')}>
            <ActionIcon
              className={classes.copy}
              aria-label={t('hours.copyDay', { day: weekdayName(day, 'long') })}
              onClick={() => onChange(copyToAll(value, day))}
            >
              <IconCopy size={16} />
            </ActionIcon>
          </Tooltip>
          {outside?.day === day && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert" className={classes.dayFault}>
              {t('hours.outside', { range: rangeWords(outside.range) })}
            </Text>
          )}
        </div>
      ))}
    </fieldset>
  )
}

const presets = {
  work: weekOf(['mon', 'tue', 'wed', 'thu', 'fri'], '09:00', '18:00'),
  daytime: weekOf(weekdays, '08:00', '20:00'),
  always: weekOf(weekdays, '00:00', '24:00'),
} satisfies Record<string, WeeklySchedule>
const presetNames = ['work', 'daytime', 'always'] as const

/** What a new campaign begins with. */
export const workingHours = presets.work

function Presets({ onChoose }: { onChoose: (schedule: WeeklySchedule) => void }) {
  const { t } = useTranslation('campaigns')
  return (
    <div className={classes.presets}>
      {presetNames.map((name) => (
        <Button key={name} variant="default" size="compact-sm" onClick={() => onChoose(presets[name])}>
          {t(`hours.preset.${name}`)}
        </Button>
      ))}
    </div>
  )
}

function weekOf(days: readonly Weekday[], from: string, to: string): WeeklySchedule {
  return Object.fromEntries(days.map((day) => [day, [[from, to]]]))
}

function copyToAll(schedule: WeeklySchedule, from: Weekday): WeeklySchedule {
  return Object.fromEntries(weekdays.map((day) => [day, schedule[from] ?? []]))
}

import { useTranslation } from 'react-i18next'
import type { TimeRange, WeeklySchedule } from '../../contract/index.ts'
import { groupDays, isAlwaysOpen, isNeverOpen } from './opening-hours.ts'
import { weekdayName } from './weekdays.ts'

/** Says a week in one line: "Mon–Fri 09:00–18:00 · Sat 10:00–14:00", "Around the clock". */
export function useScheduleWords(): (schedule: WeeklySchedule) => string {
  const { t } = useTranslation('campaigns')
  return (schedule) => {
    if (isNeverOpen(schedule)) return t('hours.never')
    if (isAlwaysOpen(schedule)) return t('hours.always')
    return groupDays(schedule)
      .map(({ from, to, ranges }) => {
        const days = from === to ? weekdayName(from) : `${weekdayName(from)}–${weekdayName(to)}`
        return `${days} ${ranges.map(rangeWords).join(', ')}`
      })
      .join(' · ')
  }
}

export function rangeWords([from, to]: TimeRange): string {
  return `${from}–${to}`
}

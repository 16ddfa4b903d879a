import { useTranslation } from 'react-i18next'
import { useNow } from '../platform/format/use-now.ts'
import classes from './open-now.module.css'
import { type OpeningHours, openUntil } from './opening-hours.ts'

/** Whether messages may go out at this moment, and until when: all the given hours must be open. */
export function OpenNow({ hours }: { hours: readonly OpeningHours[] }) {
  const { t } = useTranslation('campaigns')
  const now = new Date(useNow(30_000))
  const ends = hours.map((one) => openUntil(one, now))
  const end = ends.includes(null) ? null : (ends.toSorted()[0] ?? null)
  return (
    <span className={classes.now} data-tone={end === null ? 'grey' : 'teal'}>
      <span className={classes.dot} aria-hidden />
      {end === null ? t('now.closed') : t('now.open', { time: end })}
    </span>
  )
}

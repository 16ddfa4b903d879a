import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { NumberDetail } from '../../../contract/index.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { clockTime, dateTime } from '../../platform/format/time.ts'
import { useNow } from '../../platform/format/use-now.ts'
import classes from './freeing-chart.module.css'

type Frees = NumberDetail['messaging_limit_frees']

const hours = 24
const hourMs = 3_600_000

/** A bar for each of the next 24 hours: how many places fall free in it. */
export function FreeingChart({ frees }: { frees: Frees }) {
  const { t } = useTranslation('connectors')
  const now = useNow(60_000)
  const bars = barsOf(frees, now)
  const most = Math.max(...bars.map(({ people }) => people), 1)
  const words = ({ until, people }: Frees[number]) =>
    t('numberPage.frees.bar', { count: people, n: formatNumber(people), time: clockTime(until) })
  return (
    <figure className={classes.chart}>
      <figcaption>
        <Text fw={600}>{t('numberPage.frees.title')}</Text>
        <Text size="sm" c="dimmed">
          {t('numberPage.frees.text')}
        </Text>
      </figcaption>
      <ol className={classes.bars} aria-label={t('numberPage.frees.chart')}>
        {bars.map((bar) => (
          <li key={bar.until} title={bar.people > 0 ? words(bar) : dateTime(bar.until)}>
            <span className="visually-hidden">{words(bar)}</span>
            <span className={classes.bar} style={{ height: `${(bar.people / most) * 100}%` }} />
            {bar.people === most && (
              <span className={`numeric ${classes.peak}`} aria-hidden>
                {formatNumber(bar.people)}
              </span>
            )}
          </li>
        ))}
      </ol>
      <div className={classes.axis} aria-hidden>
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour}>
            {hour === 0 ? t('numberPage.frees.now') : clockTime(new Date(now + hour * hourMs).toISOString())}
          </span>
        ))}
      </div>
    </figure>
  )
}

/** Hours in which nothing falls free have a place as well. */
function barsOf(frees: Frees, now: number): Frees {
  return Array.from({ length: hours }, (_, hour) => {
    const from = now + hour * hourMs
    const people = frees
      .filter(({ until }) => {
        const at = new Date(until).getTime() - hourMs / 2
        return at >= (hour === 0 ? 0 : from) && (at < from + hourMs || hour === hours - 1)
      })
      .reduce((sum, free) => sum + free.people, 0)
    return { until: new Date(from + hourMs).toISOString(), people }
  })
}

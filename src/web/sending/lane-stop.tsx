import { IconHandStop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SendingLane } from '../../contract/index.ts'
import { exactTimeAhead, timeAhead } from '../platform/format/time.ts'
import { useNow } from '../platform/format/use-now.ts'
import classes from './lanes.module.css'

/** A stop that lasts shorter is told to the second. */
const longMs = 600_000
const worthTellingSinceMs = 60_000

/** Why nothing goes out of a number for the provider's sake, and until when. */
export function LaneStop({ stop: { reason, since, until } }: { stop: NonNullable<SendingLane['stop']> }) {
  const { t } = useTranslation('sending')
  const now = useNow(1_000)
  const leftMs = new Date(until).getTime() - now
  const time = leftMs > longMs ? timeAhead(until, now) : exactTimeAhead(until, now)
  const isLong = now - new Date(since).getTime() > worthTellingSinceMs
  return (
    <p className={classes.stop} data-tone="amber">
      <IconHandStop size={16} stroke={1.9} aria-hidden />
      <span className="numeric">
        {leftMs > 0 ? t(`lanes.stop.${reason}`, { time }) : t(`lanes.stop.now.${reason}`)}
        {isLong && `, ${t('lanes.stop.since', { time: timeAhead(since, now) })}`}
      </span>
    </p>
  )
}

import type { TimeRange } from '../../contract/index.ts'
import { minutesOf } from './opening-hours.ts'
import classes from './schedule-editor.module.css'

const dayMinutes = 24 * 60

/** A day as a bar from midnight to midnight: open in colour, what the campaign allows behind it in a pale tone. Decoration: the fields say the same. */
export function DayStrip({
  ranges,
  within,
}: {
  ranges: readonly TimeRange[]
  within?: readonly TimeRange[] | undefined
}) {
  return (
    <div className={classes.strip} aria-hidden>
      {within?.map((range) => (
        <span key={range.join()} className={classes.allowed} style={place(range)} />
      ))}
      {ranges.map((range) => (
        <span key={range.join()} className={classes.open} style={place(range)} />
      ))}
      {[6, 12, 18].map((hour) => (
        <span key={hour} className={classes.hour} style={{ insetInlineStart: `${(hour / 24) * 100}%` }} />
      ))}
    </div>
  )
}

function place([from, to]: TimeRange) {
  const start = minutesOf(from) / dayMinutes
  return {
    insetInlineStart: `${start * 100}%`,
    width: `${Math.max(0, minutesOf(to) / dayMinutes - start) * 100}%`,
  }
}

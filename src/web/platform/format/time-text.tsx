import { dateTime, exactTime, relativeTime, rowTime } from './time.ts'
import { useNow } from './use-now.ts'

const looks = { row: rowTime, full: dateTime, relative: relativeTime }

/** A time in local words; the exact one with its zone on hover. `look`: row = short, full = date and clock, relative = "2 hours ago". */
export function TimeText({
  at,
  look = 'row',
  className,
}: {
  at: string
  look?: keyof typeof looks
  className?: string | undefined
}) {
  const now = useNow(30_000)
  const text = look === 'full' ? dateTime(at) : looks[look](at, now)
  return (
    <time dateTime={at} title={exactTime(at)} className={className}>
      {text}
    </time>
  )
}

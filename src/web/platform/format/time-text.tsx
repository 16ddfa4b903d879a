import { dateTime, exactDateTime, exactTime, relativeTime, rowTime } from './time.ts'
import { useNow } from './use-now.ts'

const looks = { row: rowTime, full: dateTime, exact: exactDateTime, relative: relativeTime }

/** A time in local words; the exact one with its zone on hover. `look`: row = short, full = date and clock, exact = with seconds, relative = "2 hours ago". */
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
  const text = look === 'full' || look === 'exact' ? looks[look](at) : looks[look](at, now)
  return (
    <time dateTime={at} title={exactTime(at)} className={className}>
      {text}
    </time>
  )
}

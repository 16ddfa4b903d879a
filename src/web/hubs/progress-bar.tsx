import { useTranslation } from 'react-i18next'
import type { List } from '../../contract/index.ts'
import { formatShare } from '../platform/format/number.ts'
import type { Tone } from '../platform/state/state-looks.ts'
import { progressOf } from './hubs.ts'
import classes from './progress-bar.module.css'

/** A list as one bar: read, delivered, sent, failed and skipped beside each other; what still waits is the empty rest. */
export function ProgressBar({ list, size = 'sm' }: { list: List; size?: 'sm' | 'lg' }) {
  const { t } = useTranslation('hubs')
  const { share } = progressOf(list)
  return (
    <div
      className={classes.bar}
      data-size={size}
      role="progressbar"
      aria-label={t('progress.of', { name: list.name })}
      aria-valuenow={Math.round(share * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={formatShare(share)}
    >
      {partsOf(list).map(({ name, tone, count }) => (
        <span key={name} data-tone={tone} data-part={name} style={{ flexGrow: count }} />
      ))}
    </div>
  )
}

/** The cumulative counts taken apart, so that the parts add up to the whole. */
function partsOf({ counts }: List): { name: string; tone: Tone; count: number }[] {
  const parts: { name: string; tone: Tone; count: number }[] = [
    { name: 'read', tone: 'violet', count: counts.read },
    { name: 'delivered', tone: 'teal', count: counts.delivered - counts.read },
    { name: 'sent', tone: 'blue', count: counts.sent - counts.delivered },
    { name: 'sending', tone: 'blue', count: counts.sending },
    { name: 'unknown', tone: 'amber', count: counts.unknown },
    { name: 'failed', tone: 'red', count: counts.failed },
    { name: 'skipped', tone: 'amber', count: counts.skipped },
    { name: 'waiting', tone: 'grey', count: counts.waiting },
  ]
  return parts.filter(({ count }) => count > 0)
}

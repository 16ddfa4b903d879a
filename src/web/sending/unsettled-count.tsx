import { useTranslation } from 'react-i18next'
import { formatNumber } from '../platform/format/number.ts'
import { useUnsettledCount } from './unsettled.ts'
import classes from './unsettled-count.module.css'

/** How many messages wait for a decision; nothing when none does. */
export function UnsettledCount({ isDot = false }: { isDot?: boolean }) {
  const { t } = useTranslation('shell')
  const count = useUnsettledCount()
  if (count === 0) return null
  return (
    <span className={isDot ? classes.dot : classes.count} data-tone="amber">
      <span className="visually-hidden">{t('unsettled', { count, n: formatNumber(count) })}</span>
      {!isDot && <span aria-hidden>{formatNumber(count)}</span>}
    </span>
  )
}

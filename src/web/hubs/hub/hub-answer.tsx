import { useTranslation } from 'react-i18next'
import type { List } from '../../../contract/index.ts'
import { formatNumber, formatShare } from '../../platform/format/number.ts'
import { progressOf } from '../hubs.ts'
import classes from './hub-answer.module.css'

/** The hub in one number: how much of what is under way is out, or how much of everything arrived. */
export function HubAnswer({ lists }: { lists: List[] }) {
  const { t } = useTranslation('hubs')
  const running = lists.filter(({ state }) => state === 'running' || state === 'paused')
  const counted = running.length > 0 ? running : lists.filter(({ started_at }) => started_at !== null)
  const sum = (count: (list: List) => number) => counted.reduce((total, list) => total + count(list), 0)
  const total = sum(({ counts }) => counts.total)
  if (total === 0) return null
  const done = sum((list) => progressOf(list).done)
  const delivered = sum(({ counts }) => counts.delivered)
  const sent = sum(({ counts }) => counts.sent)
  const failed = sum(({ counts }) => counts.failed)
  const rate = sum((list) => list.rate_per_second)
  const isRunning = running.length > 0
  return (
    <p className={classes.answer}>
      <strong className="numeric">
        {formatShare(isRunning ? done / total : sent === 0 ? 0 : delivered / sent)}
      </strong>
      <span>
        {isRunning
          ? t('dashboard.running', {
              count: running.length,
              done: formatNumber(done),
              total: formatNumber(total),
            })
          : t('dashboard.over', { delivered: formatNumber(delivered), sent: formatNumber(sent) })}
        {rate > 0 && ` ${t('words.rate', { rate: formatNumber(Math.round(rate)) })}`}
        {failed > 0 && ` ${t('dashboard.failed', { count: failed, n: formatNumber(failed) })}`}
      </span>
    </p>
  )
}

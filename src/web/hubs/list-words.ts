import { useTranslation } from 'react-i18next'
import type { List } from '../../contract/index.ts'
import { formatNumber } from '../platform/format/number.ts'
import { dateTime, exactTimeAhead, timeAhead } from '../platform/format/time.ts'
import { progressOf } from './hubs.ts'

/** What a list does just now, and what comes next, in a sentence. */
export function useListWords(): (list: List) => string {
  const { t } = useTranslation('hubs')
  const pauseWordsOf = usePauseWords()
  const runningWords = (list: List) => {
    const { waiting_for: wait, rate_per_second: rate, finishes_at: end } = list
    if (wait) {
      const reason = t(`wait.${knownWait(wait.reason)}`)
      if (!wait.until) return reason
      const isShort = wait.reason.startsWith('provider_')
      const time = isShort ? exactTimeAhead(wait.until) : timeAhead(wait.until)
      return t(isShort ? 'wait.triedAgain' : 'wait.until', { reason, time })
    }
    const pace =
      rate > 0
        ? t('words.rate', { rate: formatNumber(rate >= 10 ? Math.round(rate) : rate) })
        : t(progressOf(list).done === 0 ? 'words.begins' : 'words.lull')
    return end ? `${pace} ${t('words.ends', { time: timeAhead(end) })}` : pace
  }
  const pauseWords = (list: List) => {
    const reason = pauseWordsOf(list)
    if (reason === null) return t('words.paused')
    if (!list.auto_resume || list.pause_reason === 'missed_start') return reason
    return list.resumes_at
      ? t('wait.until', { reason, time: timeAhead(list.resumes_at) })
      : t('words.resumesItself', { reason })
  }
  const overWords = ({ finished_at: end, counts: { unknown, skipped } }: List) =>
    [
      end ? t('words.finished', { time: dateTime(end) }) : t('words.over'),
      unknown > 0 && t('words.unsettled', { count: unknown, n: formatNumber(unknown) }),
      skipped > 0 && t('words.leftOut', { count: skipped, n: formatNumber(skipped) }),
    ]
      .filter(Boolean)
      .join(' ')
  return (list) => {
    switch (list.state) {
      case 'importing':
        return t('words.importing')
      case 'draft':
        return list.import_error ?? t('words.draft')
      case 'ready':
        return t('words.ready')
      case 'scheduled':
        return list.starts_at ? t('words.scheduled', { time: dateTime(list.starts_at) }) : t('words.ready')
      case 'running':
        return runningWords(list)
      case 'paused':
        return pauseWords(list)
      case 'finished':
        return overWords(list)
      case 'cancelled':
        return t('words.cancelled')
    }
  }
}

const stops = [
  'template_paused',
  'template_disabled',
  'template_rejected',
  'number_quality_red',
  'account_restricted',
  'account_disabled',
  'error_spike',
] as const

/** Why Parley stopped the list; null when a person did, or nobody. */
export function usePauseWords(): (list: List) => string | null {
  const { t } = useTranslation('hubs')
  return ({ pause_reason: reason, pause_explanation: explanation, starts_at }) => {
    if (reason === null || reason === 'person') return null
    if (reason === 'missed_start' && starts_at) return t('pause.missed_start', { time: dateTime(starts_at) })
    const known = stops.find((one) => one === reason)
    return known ? t(`pause.${known}`) : explanation
  }
}

const waits = [
  'daily_limit',
  'outside_schedule',
  'hub_disabled',
  'number_disconnected',
  'template_not_approved',
  'provider_too_fast',
  'provider_asked_to_wait',
  'provider_no_clear_answers',
  'provider_unreachable',
] as const

function knownWait(reason: string) {
  return waits.find((one) => one === reason) ?? 'other'
}

import { useTranslation } from 'react-i18next'
import type { AccountChange } from '../../../contract/index.ts'
import { listAt, textAt } from '../../messages/content.ts'
import { plainWord } from '../../platform/format/plain-word.ts'
import { tierWords } from '../../platform/format/tier.ts'
import { dateTime } from '../../platform/format/time.ts'

const topics = [
  'review',
  'violation',
  'restriction',
  'ban',
  'verification',
  'connection',
  'capability',
  'alert',
  'flow',
  'limit',
  'flag',
  'quality',
  'throughput',
  'name',
  'username',
  'security',
  'history',
  'error',
] as const

/** "New people per 24 h: 1,000 → 10,000": what changed, in a few words. */
export function useChangeWords(): (change: AccountChange) => { topic: string; text: string } {
  const { t } = useTranslation('connectors')
  const restrictionWords = useRestrictionWords()
  const words = { unlimited: t('number.unlimited'), unknown: t('number.unknown') }
  const valueWord = (topic: string, value: string) =>
    topic === 'limit' ? tierWords(value, words) : plainWord(value)
  return (change) => {
    // A name that was seen when the provider was asked; what it decided about one, only its webhook says.
    const isName = change.topic === 'other' && change.change === 'NAME'
    const known = topics.find((topic) => topic === (isName ? 'name' : change.topic))
    const topic = known ? t(`history.topic.${known}`) : t('history.topic.other')
    const { previous, value, details } = change
    if (previous !== null && value !== null && previous !== value) {
      const [before, after] = [valueWord(change.topic, previous), valueWord(change.topic, value)]
      return { topic, text: t('history.fromTo', { before, after }) }
    }
    const said = [
      ...listAt(details, 'restrictions').map(restrictionWords),
      textAt(details, 'description') || textAt(details, 'message') || textAt(details, 'detail'),
      textAt(details, 'name'),
      textAt(details, 'reason'),
      textAt(details, 'violation_type'),
      textAt(details, 'action_date'),
    ].filter(Boolean)
    const word =
      change.topic === 'limit' && value !== null ? valueWord('limit', value) : plainWord(change.change)
    return { topic, text: [word, ...said.map(plainWord)].join(' · ') }
  }
}

const restrictions = [
  'RESTRICTED_BIZ_INITIATED_MESSAGING',
  'RESTRICTED_CUSTOMER_INITIATED_MESSAGING',
  'RESTRICTED_ADD_PHONE_NUMBER_ACTION',
] as const

function useRestrictionWords(): (restriction: unknown) => string {
  const { t } = useTranslation('connectors')
  return (restriction) => {
    const end = textAt(restriction, 'expires_at')
    const type = textAt(restriction, 'type')
    const known = restrictions.find((one) => one === type)
    const words = known ? t(`history.restriction.${known}`) : plainWord(type)
    return end ? `${words} ${t('history.until')} ${dateTime(end)}` : words
  }
}

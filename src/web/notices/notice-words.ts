import { useTranslation } from 'react-i18next'
import type { Flag, Notice } from '../../contract/index.ts'
import { textAt, valueAt } from '../messages/content.ts'
import { plainWord } from '../platform/format/plain-word.ts'
import { tierWords } from '../platform/format/tier.ts'
import { dateTime } from '../platform/format/time.ts'

export interface NoticeWords {
  title: string
  /** What it means and what to do. */
  text: string
  /** What the provider said about it, in its own words; empty when it said nothing. */
  detail: string
}

/** The words of a notice or a flag, from its kind and what is known of it. */
export function useNoticeWords(): (
  notice: Pick<Notice | Flag, 'kind' | 'params'> & { subject_name?: string },
) => NoticeWords {
  const { t } = useTranslation('notices')
  const limit = (tier: string) => tierWords(tier, { unlimited: t('unlimited'), unknown: t('limitUnknown') })
  return ({ kind, params, subject_name: name = '' }) => {
    const isLimit = kind === 'number_limit_raised' || kind === 'number_limit_lowered'
    const values = {
      name: textAt(params, 'name') || name,
      count: Number(valueAt(params, 'count') ?? 0),
      from: isLimit ? limit(textAt(params, 'previous')) : plainWord(textAt(params, 'from')),
      to: isLimit ? limit(textAt(params, 'limit')) : plainWord(textAt(params, 'to')),
    }
    const pause =
      kind === 'list_paused' ? pauseReasons.find((one) => one === textAt(params, 'reason')) : undefined
    const details = pause
      ? [t(`pause.${pause}`), valueAt(params, 'auto_resume') === true && t('autoResume')]
      : [...restrictionsIn(params).map((type) => t(`restriction.${type}`)), detailOf(params)]
    const days = Number(valueAt(params, 'days') ?? 0)
    const startsAt = textAt(params, 'takes_effect_at')
    const flowId = textAt(params, 'flow_id')
    return {
      title: t(`kind.${kind}.title`, values),
      text: t(`kind.${kind}.text`, values),
      detail: [
        flowId && t('flow', { id: flowId }),
        ...details,
        days > 0 && t('failingFor', { count: days }),
        startsAt && t('from', { time: dateTime(startsAt) }),
      ]
        .filter(Boolean)
        .join(' · '),
    }
  }
}

const pauseReasons = [
  'template_paused',
  'template_disabled',
  'template_rejected',
  'number_quality_red',
  'account_restricted',
  'account_disabled',
  'error_spike',
] as const

const restrictions = [
  'RESTRICTED_BIZ_INITIATED_MESSAGING',
  'RESTRICTED_CUSTOMER_INITIATED_MESSAGING',
  'RESTRICTED_ADD_PHONE_NUMBER_ACTION',
] as const

function restrictionsIn({ types }: Record<string, unknown>) {
  return restrictions.filter((type) => Array.isArray(types) && types.includes(type))
}

/** What the provider said, and restrictions that have no words of ours. */
function detailOf(params: Record<string, unknown>): string {
  const types: unknown[] = Array.isArray(params.types) ? params.types : []
  const known: readonly unknown[] = restrictions
  const said = [
    textAt(params, 'code'),
    textAt(params, 'description'),
    textAt(params, 'message'),
    textAt(params, 'reason'),
    textAt(params, 'violation_type'),
    textAt(params, 'action_date'),
    ...types.filter((type) => typeof type === 'string').filter((type) => !known.includes(type)),
  ]
  return said.filter(Boolean).map(plainWord).join(' · ')
}

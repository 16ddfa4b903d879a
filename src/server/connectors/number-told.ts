import type { News } from './account-news.ts'
import type { Consequences } from './account-told.ts'
import type { NumberRow } from './connector.ts'
import { changeOfLimit } from './messaging-limit.ts'

const nothing: Consequences = { event: null, raise: [], resolve: [] }

/** What follows from news about a number; `connector` is the account it belongs to. */
export function numberConsequences(
  news: News,
  number: NumberRow,
  connector: { id: string; waba_id: string | null },
): Consequences {
  const instance = {
    instance_id: number.id,
    instance_name: number.verified_name || number.display_phone_number,
  }
  switch (news.topic) {
    case 'limit':
    case 'flag': {
      const account = { connector_id: connector.id, waba_id: connector.waba_id }
      const { change, previous } = news
      const limits = { previous_limit: previous, limit: news.value ?? number.messaging_limit }
      const event = {
        type: 'account.tier_updated',
        data: { change, ...limits, ...instance, ...account },
      } as const
      return { ...limitNotice(news), event }
    }
    case 'quality': {
      const data = { ...instance, previous_quality: news.previous, quality: news.value }
      return { ...qualityNotice(news), event: { type: 'number.quality_updated', data } }
    }
    case 'name':
      return nameConsequences(news, instance)
    case 'security':
      return securityConsequences(news)
    default:
      return nothing
  }
}

function limitNotice({ topic, previous, value }: News): Consequences {
  if (topic !== 'limit' || previous === null || value === null || previous === value) return nothing
  const isLower = changeOfLimit(previous, value) === 'DOWNGRADE'
  const kind = isLower ? 'number_limit_lowered' : 'number_limit_raised'
  return { ...nothing, raise: [{ kind, params: { previous, limit: value } }] }
}

function qualityNotice({ value }: News): Consequences {
  const both = ['number_quality_fell', 'number_quality_red'] as const
  if (value === 'RED') return { ...nothing, raise: [{ kind: 'number_quality_red' }], resolve: [both[0]] }
  if (value === 'YELLOW') return { ...nothing, raise: [{ kind: 'number_quality_fell' }], resolve: [both[1]] }
  return { ...nothing, resolve: both }
}

function nameConsequences(
  { change, details }: News,
  instance: { instance_id: string; instance_name: string },
): Consequences {
  const event = {
    type: 'number.name_updated',
    data: { ...instance, status: change.toLowerCase(), ...details },
  } as const
  if (change === 'APPROVED') {
    return {
      event,
      raise: [{ kind: 'number_name_approved', params: details }],
      resolve: ['number_name_rejected'],
    }
  }
  const isRejected = change === 'REJECTED'
  return { event, raise: isRejected ? [{ kind: 'number_name_rejected', params: details }] : [], resolve: [] }
}

function securityConsequences({ change }: News): Consequences {
  if (change === 'PIN_RESET_REQUEST') return { ...nothing, raise: [{ kind: 'number_pin_reset_asked' }] }
  return { ...nothing, raise: [{ kind: 'number_pin_changed', params: { change } }] }
}

import { type EventType, sampleMessageId } from '../../../contract/index.ts'

// What Meta would have sent for the sample events of the catalogue; forms as in its reference, read 2026-05-21.

const metadata = { display_phone_number: '15550783881', phone_number_id: '106540352242922' }
const template = {
  message_template_id: 1689556908129832,
  message_template_name: 'order_update',
  message_template_language: 'en_US',
}

function statusChange(status: string, more: object = {}): object {
  const one = { id: sampleMessageId, status, timestamp: '1778148000', recipient_id: '966500000000', ...more }
  return { field: 'messages', value: { messaging_product: 'whatsapp', metadata, statuses: [one] } }
}

function messageChange(body: string): object {
  const message = {
    from: '966500000000',
    id: sampleMessageId,
    timestamp: '1778148000',
    type: 'text',
    text: { body },
  }
  const contacts = [{ profile: { name: 'Huda' }, wa_id: '966500000000' }]
  return {
    field: 'messages',
    value: { messaging_product: 'whatsapp', metadata, contacts, messages: [message] },
  }
}

const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' }
/** Since v24.0 only of conversations that begin with an advertisement. */
const conversation = {
  id: '072a7f95683c6c2bffef5655c706c50d',
  expiration_timestamp: '1778234400',
  origin: { type: 'utility' },
}
const failure = { code: 131026, title: 'Message undeliverable', message: 'Message undeliverable' }

/** Types that Parley itself brings about are missing. */
const changes: Partial<Record<EventType, object>> = {
  'message.received': messageChange('Where is my order?'),
  'message.sent': statusChange('sent', { conversation, pricing }),
  'message.delivered': statusChange('delivered', { pricing }),
  'message.read': statusChange('read'),
  'message.failed': statusChange('failed', { errors: [failure] }),
  'message.status_updated': statusChange('delivered', { pricing }),
  'recipient.opted_out': messageChange('STOP'),
  'recipient.opted_in': messageChange('START'),
  'template.status_updated': {
    field: 'message_template_status_update',
    value: { event: 'APPROVED', ...template, reason: 'NONE' },
  },
  'template.category_updated': {
    field: 'template_category_update',
    value: { ...template, previous_category: 'MARKETING', new_category: 'UTILITY' },
  },
  'template.quality_updated': {
    field: 'message_template_quality_update',
    value: { previous_quality_score: 'GREEN', new_quality_score: 'YELLOW', ...template },
  },
  'account.review_updated': { field: 'account_review_update', value: { decision: 'APPROVED' } },
  'account.status_updated': {
    field: 'account_update',
    value: {
      event: 'ACCOUNT_RESTRICTION',
      restriction_info: [{ restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1778752800 }],
    },
  },
  'account.tier_updated': {
    field: 'phone_number_quality_update',
    value: {
      display_phone_number: '15550783881',
      event: 'UPGRADE',
      old_limit: 'TIER_10K',
      current_limit: 'TIER_100K',
    },
  },
  'account.capability_updated': {
    field: 'business_capability_update',
    value: { max_daily_conversation_per_phone: 100000, max_phone_numbers_per_business: 25 },
  },
  'number.name_updated': {
    field: 'phone_number_name_update',
    value: {
      display_phone_number: '15550783881',
      decision: 'REJECTED',
      requested_verified_name: 'Best Shop',
      rejection_reason: 'NAME_FORMAT_UNACCEPTABLE',
    },
  },
  'number.quality_updated': {
    field: 'phone_number_quality_update',
    value: { display_phone_number: '15550783881', event: 'FLAGGED', current_limit: 'TIER_10K' },
  },
}

export function metaSample(type: EventType): object | null {
  const change = changes[type]
  if (change === undefined) return null
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '102290129340398', time: 1778148000, changes: [change] }],
  }
}

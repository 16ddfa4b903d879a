import type { EventType } from './events.ts'

/** What each event type means, for the catalogue. */
export const eventDescriptions: Record<EventType, string> = {
  'message.received': 'A person wrote to one of your numbers.',
  'message.sent': 'WhatsApp took a message of yours on.',
  'message.delivered': 'A message of yours reached the phone.',
  'message.read': 'A message of yours was read.',
  'message.failed': 'A message of yours was refused or could not be delivered; `error` says why.',
  'message.status_updated': 'Any change of the status of a message of yours, beside the specific type.',
  'recipient.opted_out':
    'A person does not want further messages (`scope` `all`), or no `marketing`; Parley sends them none. `source` says how it became known: `keyword`, `whatsapp`, `gupshup`, `person`, `api` or `import`. `instance_id` is null when it was said to none of your numbers: endpoints for one number hear it as well then.',
  'recipient.opted_in':
    'A person wants messages again. `source` and `instance_id` are as in `recipient.opted_out`.',
  'template.status_updated': 'A template was approved, rejected, paused or disabled.',
  'template.category_updated':
    'The category of a template was changed, or will be: then `correct_category` names the coming one.',
  'template.quality_updated': 'The quality score of a template changed.',
  'account.review_updated': 'The review of a WhatsApp Business Account has ended.',
  'account.status_updated':
    'An account was restricted, disabled, reinstated, verified, or violated a policy.',
  'account.tier_updated': 'How many people a number may write to in a day changed.',
  'account.capability_updated': 'What an account may do at most changed.',
  'number.name_updated': 'The display name of a number was approved or rejected.',
  'number.quality_updated': 'The quality rating of a number changed.',
  'conversation.opened': 'A conversation was opened, or opened again.',
  'conversation.closed': 'A conversation was closed.',
  'list.started': 'A list began to be sent.',
  'list.paused':
    'A list was paused; `reason` says why: `person` (somebody pressed pause), `missed_start`, `template_paused`, `template_disabled`, `template_rejected`, `number_quality_red`, `account_restricted`, `account_disabled` or `error_spike`.',
  'list.finished': 'A list has nothing left to send.',
}

const ids = {
  workspace: 'wsp_0196a0b1c2d37e4f8a9b0c1d2e3f4a51',
  number: 'num_0196a0b1c2d37e4f8a9b0c1d2e3f4a52',
  contact: 'ctc_0196a0b1c2d37e4f8a9b0c1d2e3f4a53',
  conversation: 'cnv_0196a0b1c2d37e4f8a9b0c1d2e3f4a54',
  message: 'msg_0196a0b1c2d37e4f8a9b0c1d2e3f4a55',
  event: 'evt_0196a0b1c2d37e4f8a9b0c1d2e3f4a56',
  template: 'tpl_0196a0b1c2d37e4f8a9b0c1d2e3f4a57',
  connector: 'con_0196a0b1c2d37e4f8a9b0c1d2e3f4a58',
  list: 'lst_0196a0b1c2d37e4f8a9b0c1d2e3f4a59',
  hub: 'hub_0196a0b1c2d37e4f8a9b0c1d2e3f4a5a',
}
const common = { id: ids.event, workspace_id: ids.workspace, timestamp: '2026-05-07T10:00:00Z' }
const instance = { instance_id: ids.number, instance_name: 'Support line' }
const person = { contact_id: ids.contact, conversation_id: ids.conversation }
export const sampleMessageId = 'wamid.HBgMOTY2NTAwMDAwMDAwFQIAEhggQzQ3RkY4RjY1QTQ4N0YwRDk5AA=='
const status = {
  ...instance,
  to: '+966500000000',
  message_id: ids.message,
  external_message_id: sampleMessageId,
  list_id: ids.list,
  hub_id: ids.hub,
  ...common,
}
/** The provider tells the price with `sent`, and once more with `delivered` or `read`. */
const priced = { ...status, pricing_category: 'utility' }
const consent = {
  ...person,
  scope: 'all',
  source: 'keyword',
  from_user_id: null,
  message_id: ids.message,
  external_message_id: sampleMessageId,
  ...common,
}
const template = {
  template_id: ids.template,
  external_template_id: '1689556908129832',
  template_name: 'order_update',
  language: 'en_US',
  ...common,
}
const account = { connector_id: ids.connector, waba_id: '102290129340398', ...common }
/** Who waits, is in hand, and what became of the others; `sent` counts the delivered and read, too. */
const counts = { total: 1000, waiting: 1000, sending: 0, skipped: 0, unknown: 0 }
const none = { sent: 0, delivered: 0, read: 0, failed: 0 }
const list = { ...instance, list_id: ids.list, hub_id: ids.hub, name: 'May orders', ...common }

/** One payload of format `normalized` of each type. Test events are these with an id and a time of their own. */
export const eventSamples: Record<EventType, Record<string, unknown>> = {
  'message.received': {
    event: 'message.received',
    ...instance,
    from: '+966500000000',
    from_user_id: null,
    message_text: 'Where is my order?',
    message_type: 'text',
    message_id: ids.message,
    external_message_id: sampleMessageId,
    ...person,
    ...common,
  },
  'message.sent': { event: 'message.sent', status: 'sent', ...priced },
  'message.delivered': { event: 'message.delivered', status: 'delivered', ...priced },
  'message.read': { event: 'message.read', status: 'read', ...status },
  'message.failed': {
    event: 'message.failed',
    status: 'failed',
    ...status,
    error: {
      code: '131026',
      title: 'Message undeliverable',
      detail: null,
      reason: 'The person can not be reached on WhatsApp.',
    },
  },
  'message.status_updated': { event: 'message.status_updated', status: 'delivered', ...priced },
  'recipient.opted_out': {
    event: 'recipient.opted_out',
    ...instance,
    from: '+966500000000',
    reason: 'recipient_requested_stop',
    message_text: 'STOP',
    ...consent,
  },
  'recipient.opted_in': {
    event: 'recipient.opted_in',
    ...instance,
    from: '+966500000000',
    reason: 'recipient_requested_start',
    message_text: 'START',
    ...consent,
  },
  'template.status_updated': {
    event: 'template.status_updated',
    previous_status: 'PENDING',
    status: 'APPROVED',
    ...template,
  },
  'template.category_updated': {
    event: 'template.category_updated',
    previous_category: 'MARKETING',
    category: 'UTILITY',
    ...template,
  },
  'template.quality_updated': {
    event: 'template.quality_updated',
    previous_quality: 'GREEN',
    quality: 'YELLOW',
    ...template,
  },
  'account.review_updated': { event: 'account.review_updated', status: 'APPROVED', ...account },
  'account.status_updated': {
    event: 'account.status_updated',
    status: 'restricted',
    restrictions: [{ type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expires_at: '2026-05-14T10:00:00.000Z' }],
    ...account,
  },
  'account.tier_updated': {
    event: 'account.tier_updated',
    change: 'UPGRADE',
    previous_limit: 'TIER_10K',
    limit: 'TIER_100K',
    ...instance,
    ...account,
  },
  'account.capability_updated': {
    event: 'account.capability_updated',
    max_daily_conversations_per_phone: 100_000,
    max_phone_numbers_per_business: 25,
    ...account,
  },
  'number.name_updated': {
    event: 'number.name_updated',
    ...instance,
    status: 'rejected',
    name: 'Best Shop',
    reason: 'NAME_FORMAT_UNACCEPTABLE',
    ...common,
  },
  'number.quality_updated': {
    event: 'number.quality_updated',
    ...instance,
    previous_quality: 'GREEN',
    quality: 'YELLOW',
    ...common,
  },
  'conversation.opened': {
    event: 'conversation.opened',
    ...instance,
    ...person,
    from: '+966500000000',
    ...common,
  },
  'conversation.closed': {
    event: 'conversation.closed',
    ...instance,
    ...person,
    from: '+966500000000',
    ...common,
  },
  'list.started': {
    event: 'list.started',
    ...list,
    counts: { ...counts, ...none },
  },
  'list.paused': {
    event: 'list.paused',
    ...list,
    reason: 'template_paused',
    counts: { ...counts, waiting: 397, sent: 600, delivered: 580, read: 210, failed: 3 },
  },
  'list.finished': {
    event: 'list.finished',
    ...list,
    counts: { ...counts, waiting: 0, sent: 995, delivered: 990, read: 640, failed: 5 },
  },
}

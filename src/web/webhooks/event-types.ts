import type { EventType } from '../../contract/index.ts'

/** Everything an endpoint can ask for, by what it is about. Not the contract's list, which would bring all of zod into the page. */
export const eventGroups = {
  messages: [
    'message.received',
    'message.sent',
    'message.delivered',
    'message.read',
    'message.failed',
    'message.status_updated',
  ],
  consent: ['recipient.opted_out', 'recipient.opted_in'],
  lists: ['list.started', 'list.paused', 'list.finished'],
  conversations: ['conversation.opened', 'conversation.closed'],
  templates: ['template.status_updated', 'template.category_updated', 'template.quality_updated'],
  accounts: [
    'account.review_updated',
    'account.status_updated',
    'account.tier_updated',
    'account.capability_updated',
    'number.name_updated',
    'number.quality_updated',
  ],
} as const satisfies Record<string, readonly EventType[]>

export const everyEventType: readonly EventType[] = Object.values(eventGroups).flat()

/** About a whole account: an endpoint for one number doesn't hear them. */
export const typesOfNoNumber: readonly EventType[] = [
  ...eventGroups.templates,
  'account.review_updated',
  'account.status_updated',
  'account.capability_updated',
]

export function isEventType(value: unknown): value is EventType {
  return everyEventType.some((type) => type === value)
}

export type EventGroup = keyof typeof eventGroups
export const groupNames = [
  'messages',
  'consent',
  'lists',
  'conversations',
  'templates',
  'accounts',
] as const satisfies readonly EventGroup[]

import { z } from 'zod'
import { accountEvent, numberEvent, templateEvent } from './account-events.ts'
import { common, instance } from './event-fields.ts'
import { contactId, conversationId, eventId, hubId, listId, messageId, numberId } from './ids.ts'
import { instant, pageQuery } from './paging.ts'

export * from './account-events.ts'
export { eventDescriptions, eventSamples, sampleMessageId } from './event-samples.ts'

/** Everything that the diary records and an endpoint can ask for. */
export const eventTypes = [
  'message.received',
  'message.sent',
  'message.delivered',
  'message.read',
  'message.failed',
  'message.status_updated',
  'recipient.opted_out',
  'recipient.opted_in',
  'template.status_updated',
  'template.category_updated',
  'template.quality_updated',
  'account.review_updated',
  'account.status_updated',
  'account.tier_updated',
  'account.capability_updated',
  'number.name_updated',
  'number.quality_updated',
  'conversation.opened',
  'conversation.closed',
  'list.started',
  'list.paused',
  'list.finished',
] as const
export const eventType = z.enum(eventTypes)
export type EventType = z.infer<typeof eventType>

/** Of these none is about a number: an endpoint that asked for one number doesn't hear them. */
export const typesOfNoNumber: ReadonlySet<EventType> = new Set([
  'template.status_updated',
  'template.category_updated',
  'template.quality_updated',
  'account.review_updated',
  'account.status_updated',
  'account.capability_updated',
])

/** An inbound message, with the field names customers of gateways know. `from` has a `+`; null when only a user id is known. */
export const messageReceivedEvent = z.object({
  event: z.literal('message.received'),
  ...instance,
  from: z.string().nullable(),
  from_user_id: z.string().nullable(),
  message_text: z.string().nullable(),
  message_type: z.string(),
  message_id: messageId,
  external_message_id: z.string(),
  contact_id: contactId,
  conversation_id: conversationId,
  ...common,
  media: z.looseObject({}).optional(),
  interactive: z.looseObject({}).optional(),
  /** Of type `reaction`: the provider's id of the message and the emoji, empty when it was taken back. */
  reaction: z.looseObject({}).optional(),
})
export type MessageReceivedEvent = z.infer<typeof messageReceivedEvent>

export const messageStatusEvent = z.object({
  event: z.enum([
    'message.sent',
    'message.delivered',
    'message.read',
    'message.failed',
    'message.status_updated',
  ]),
  ...instance,
  to: z.string().nullable(),
  message_id: messageId,
  external_message_id: z.string().nullable(),
  status: z.enum(['sent', 'delivered', 'read', 'played', 'failed']),
  error: z
    .object({ code: z.string(), title: z.string(), detail: z.string().nullable(), reason: z.string() })
    .optional(),
  pricing_category: z.string().optional(),
  list_id: listId.optional(),
  hub_id: hubId.optional(),
  ...common,
})
export type MessageStatusEvent = z.infer<typeof messageStatusEvent>

export const listEvent = z.object({
  event: z.enum(['list.started', 'list.paused', 'list.finished']),
  ...instance,
  list_id: listId,
  hub_id: hubId,
  name: z.string(),
  reason: z.string().optional(),
  counts: z.record(z.string(), z.number().int()).optional(),
  ...common,
})
export type ListEvent = z.infer<typeof listEvent>

const recipient = {
  /** The number it was said to; null when it was said to none of yours: it holds for all of them then. */
  instance_id: numberId.nullable(),
  instance_name: z.string().nullable(),
  from: z.string().nullable(),
  from_user_id: z.string().nullish(),
  contact_id: contactId,
  /** `all`, or `marketing` only. */
  scope: z.string().optional(),
  /** `keyword`, `whatsapp`, `gupshup`, `person`, `api` or `import`. */
  source: z.string().optional(),
  /** Of the message that said it; missing when it was told in another way. */
  conversation_id: conversationId.optional(),
  message_id: messageId.optional(),
  external_message_id: z.string().optional(),
  ...common,
}
export const recipientEvent = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('recipient.opted_out'),
    /** `recipient_requested_stop` when they said so themselves; else the words given by whoever recorded it. */
    reason: z.string(),
    /** What the person wrote; null when it was not by a message. */
    message_text: z.string().nullable(),
    ...recipient,
  }),
  z.object({
    event: z.literal('recipient.opted_in'),
    reason: z.string(),
    message_text: z.string().nullable(),
    ...recipient,
  }),
])
export type RecipientEvent = z.infer<typeof recipientEvent>

export const conversationEvent = z.object({
  event: z.enum(['conversation.opened', 'conversation.closed']),
  ...instance,
  conversation_id: conversationId,
  contact_id: contactId,
  from: z.string().nullable(),
  ...common,
})
export type ConversationEvent = z.infer<typeof conversationEvent>

/** Any payload of format `normalized`; switch over `event` to know which. */
export const customerEvent = z.discriminatedUnion('event', [
  messageReceivedEvent,
  messageStatusEvent,
  recipientEvent,
  templateEvent,
  accountEvent,
  numberEvent,
  conversationEvent,
  listEvent,
])
export type CustomerEvent = z.infer<typeof customerEvent>

/** A row of `GET /event-types`: null where a format has no form for the type. */
export const eventTypeEntry = z.object({
  type: eventType,
  description: z.string(),
  samples: z.object({
    normalized: z.record(z.string(), z.unknown()),
    gupshup: z.record(z.string(), z.unknown()).nullable(),
    meta: z.record(z.string(), z.unknown()).nullable(),
  }),
})
export type EventTypeEntry = z.infer<typeof eventTypeEntry>

/** An entry of the feed `GET /events`: `data` is what endpoints in format `normalized` receive. */
export const event = z.object({
  id: eventId,
  type: eventType,
  at: instant,
  data: z.record(z.string(), z.unknown()),
})
export type Event = z.infer<typeof event>
export const eventQuery = pageQuery.extend({
  types: z.string().max(1000).optional(),
  since: instant.optional(),
})
export type EventQuery = z.infer<typeof eventQuery>

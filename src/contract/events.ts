import { z } from 'zod'
import { contactId, conversationId, eventId, hubId, listId, messageId, numberId, workspaceId } from './ids.ts'
import { instant, pageQuery } from './paging.ts'

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

/** A time in customers' payloads: UTC with `Z`, whole seconds (`2026-05-07T10:00:00Z`). */
const second = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
const common = { id: eventId, workspace_id: workspaceId, timestamp: second }
const instance = { instance_id: numberId, instance_name: z.string() }

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

import { z } from 'zod'
import { fileKindNames } from './file-kinds.ts'
import { contactId, conversationId, mediaId, numberId, personId } from './ids.ts'
import { messageStatus, templateToSend } from './messages.ts'
import { instant, pageQuery } from './paging.ts'

export const conversationState = z.enum(['open', 'pending', 'closed', 'snoozed'])
export type ConversationState = z.infer<typeof conversationState>

export const contactSummary = z.object({
  id: contactId,
  phone: z.string().nullable(),
  user_id: z.string().nullable(),
  /** A group; its id is in `user_id`. */
  is_group: z.boolean(),
  username: z.string().nullable(),
  /** The name given by us, else the profile's, else the phone. */
  name: z.string(),
})
export type ContactSummary = z.infer<typeof contactSummary>

export const conversation = z.object({
  id: conversationId,
  number_id: numberId,
  contact: contactSummary,
  state: conversationState,
  assignee: z.object({ id: personId, name: z.string() }).nullable(),
  unread_count: z.number().int(),
  last_message: z
    .object({ preview: z.string(), direction: z.enum(['in', 'out']), status: messageStatus, at: instant })
    .nullable(),
  last_message_at: instant,
  /** When free text stops being allowed; null when the customer never wrote. */
  window_expires_at: instant.nullable(),
  window_open: z.boolean(),
})
export type Conversation = z.infer<typeof conversation>

export const conversationQuery = pageQuery.extend({
  state: conversationState.optional(),
  assignee: z.enum(['me', 'none']).optional(),
  number_id: numberId.optional(),
  unread: z.enum(['true', 'false']).optional(),
  search: z.string().max(200).optional(),
})
export type ConversationQuery = z.infer<typeof conversationQuery>

/** A file that an agent brought for a reply; the hub and the provider have it. */
export const replyFile = z.object({
  id: mediaId,
  kind: z.enum(fileKindNames),
  mime_type: z.string(),
  file_name: z.string().nullable(),
  size_bytes: z.number().int(),
})
export type ReplyFile = z.infer<typeof replyFile>

const context = z.strictObject({ message_id: z.string().max(200) }).optional()
const file = z.strictObject({ media_id: mediaId })
const captioned = file.extend({ caption: z.string().max(1024).optional() })

/** A reply of an agent; outside the window only `template` is taken. */
export const reply = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    text: z.strictObject({ body: z.string().min(1).max(4096) }),
    context,
  }),
  /** Files by the id that `POST /conversations/{id}/files` answered. */
  z.strictObject({ type: z.literal('image'), image: captioned, context }),
  z.strictObject({ type: z.literal('video'), video: captioned, context }),
  z.strictObject({ type: z.literal('audio'), audio: file, context }),
  z.strictObject({ type: z.literal('document'), document: captioned, context }),
  z.strictObject({ type: z.literal('template'), template: templateToSend }),
  z.strictObject({
    type: z.literal('reaction'),
    reaction: z.strictObject({ message_id: z.string().max(200), emoji: z.string().max(32) }),
  }),
])
export type Reply = z.infer<typeof reply>

export const updateConversation = z.strictObject({
  state: conversationState.optional(),
  assignee_id: personId.nullable().optional(),
  /** Marks what the customer wrote as read, here and at the provider. */
  read: z.literal(true).optional(),
})
export type UpdateConversation = z.infer<typeof updateConversation>

import { z } from 'zod'
import { contactId, listId, mediaId, messageId, numberId, templateId } from './ids.ts'
import { instant } from './paging.ts'

export const messageStatus = z.enum([
  'received',
  'queued',
  'sending',
  'accepted',
  'sent',
  'delivered',
  'read',
  'failed',
  'unknown',
  'held',
  'skipped',
  'cancelled',
  'expired',
])
export type MessageStatus = z.infer<typeof messageStatus>

/** Why a message failed: the provider's code, its words, ours, and what to do. */
export const messageError = z.object({
  code: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
  /** Plain words for the person who reads it, and the next step. */
  reason: z.string(),
  advice: z.string().nullable(),
})
export type MessageError = z.infer<typeof messageError>

const parameter = z.looseObject({ type: z.string() })
export const templateToSend = z.strictObject({
  name: z.string().min(1).max(512),
  language: z.strictObject({ code: z.string().min(2).max(15), policy: z.string().optional() }),
  components: z
    .array(z.looseObject({ type: z.string(), parameters: z.array(parameter).optional() }))
    .max(20)
    .optional(),
})
export type TemplateToSend = z.infer<typeof templateToSend>

/**
 * What a message says, the same form for both directions. `type` is Meta's; an unknown one keeps what came in `raw`.
 * Meta's object of the type is kept under its own name (`image.caption`, `interactive.button_reply.title`).
 */
export const messageContent = z.looseObject({
  text: z.looseObject({ body: z.string() }).optional(),
  /** Present when the file was fetched and can be had from `/api/v1/media/{id}`. */
  media_id: mediaId.optional(),
  /** The file will not come: the provider doesn't have it any more, or it is too large. */
  media_missing: z.boolean().optional(),
})
export type MessageContent = z.infer<typeof messageContent>

/** What the provider said of a message, with what it is charged as and the conversation it counts to, where it tells them. */
export const messageFact = z.object({
  kind: z.string(),
  at: instant.nullable(),
  /** Phone or user id of the member of a group that it is about; absent where it is about the message as a whole. */
  member: z.string().optional(),
  pricing: z
    .object({
      category: z.string().nullable(),
      type: z.string().nullable(),
      model: z.string().nullable(),
      billable: z.boolean().nullable(),
    })
    .optional(),
  conversation: z
    .object({ id: z.string(), origin: z.string().nullable(), expires_at: instant.nullable() })
    .optional(),
})

export const message = z.object({
  id: messageId,
  direction: z.enum(['in', 'out']),
  origin: z.enum(['customer', 'agent', 'api', 'list', 'echo']),
  number_id: numberId,
  contact_id: contactId,
  type: z.string(),
  content: messageContent,
  /** One line for lists and notifications, whatever the type. */
  preview: z.string(),
  status: messageStatus,
  statuses: z.array(messageFact),
  external_message_id: z.string().nullable(),
  /** The message it quotes, when that is known. */
  quoted: z
    .object({ id: messageId.nullable(), external_message_id: z.string(), preview: z.string() })
    .nullable(),
  reactions: z.array(z.object({ direction: z.enum(['in', 'out']), emoji: z.string() })),
  template_id: templateId.nullable(),
  list_id: listId.nullable(),
  sent_by: z.object({ id: z.string(), name: z.string() }).nullable(),
  error: messageError.nullable(),
  /** Its author changed it since; `content` is the newest. */
  edited_at: instant.nullable(),
  /** Its author deleted it for everyone; `content` is empty. */
  deleted_at: instant.nullable(),
  at: instant,
})
export type Message = z.infer<typeof message>

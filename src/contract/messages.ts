import { z } from 'zod'
import { contactId, listId, mediaId, messageId, numberId, templateId } from './ids.ts'
import { instant, phoneDigits } from './paging.ts'

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

const mediaByIdOrLink = {
  id: z.string().max(200).optional(),
  link: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
}
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

const common = {
  number_id: numberId,
  to: phoneDigits,
  context: z.strictObject({ message_id: z.string().max(200) }).optional(),
  send_at: instant.optional(),
}

/** `POST /messages`: a message as in Meta's send API, plus the number it goes out from. */
export const sendMessage = z.discriminatedUnion('type', [
  z.strictObject({
    ...common,
    type: z.literal('text'),
    text: z.strictObject({ body: z.string().min(1).max(4096), preview_url: z.boolean().optional() }),
  }),
  z.strictObject({ ...common, type: z.literal('template'), template: templateToSend }),
  z.strictObject({
    ...common,
    type: z.literal('image'),
    image: z.strictObject({ ...mediaByIdOrLink, caption: z.string().max(1024).optional() }),
  }),
  z.strictObject({
    ...common,
    type: z.literal('document'),
    document: z.strictObject({
      ...mediaByIdOrLink,
      caption: z.string().max(1024).optional(),
      filename: z.string().max(240).optional(),
    }),
  }),
  z.strictObject({
    ...common,
    type: z.literal('interactive'),
    interactive: z.looseObject({ type: z.enum(['button', 'list', 'cta_url', 'location_request_message']) }),
  }),
  z.strictObject({
    ...common,
    type: z.literal('reaction'),
    reaction: z.strictObject({ message_id: z.string().max(200), emoji: z.string().max(32) }),
  }),
  z.strictObject({
    ...common,
    type: z.literal('location'),
    location: z.strictObject({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      name: z.string().max(1000).optional(),
      address: z.string().max(1000).optional(),
    }),
  }),
])
export type SendMessage = z.infer<typeof sendMessage>

export const sendAccepted = z.object({ id: messageId, status: z.literal('queued') })
export type SendAccepted = z.infer<typeof sendAccepted>

/**
 * What a message says, the same form for both directions. `type` is Meta's; an unknown one keeps what came in `raw`.
 * Meta's object of the type is kept under its own name (`image.caption`, `interactive.button_reply.title`).
 */
export const messageContent = z.looseObject({
  text: z.looseObject({ body: z.string() }).optional(),
  /** Present when the file was fetched and can be had from `/api/v1/media/{id}`. */
  media_id: mediaId.optional(),
})
export type MessageContent = z.infer<typeof messageContent>

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
  statuses: z.array(z.object({ kind: z.string(), at: instant.nullable() })),
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
  at: instant,
})
export type Message = z.infer<typeof message>

import { z } from 'zod'
import type { Emulator } from '../emulator.ts'
import type { BusinessNumber } from '../world/accounts.ts'
import { mediaLink } from '../world/media.ts'
import { type SampleKind, sampleOf } from './sample-media.ts'

const envelope = {
  /** The business number written to. */
  to: z.string(),
  /** The customer's name, kept from now on. */
  name: z.string().optional(),
  /** The message she quotes or answers. */
  context_message_id: z.string().optional(),
  /** A wamid of one's own, to send the same message twice. */
  id: z.string().optional(),
  /** Epoch seconds. */
  timestamp: z.number().optional(),
}

const media = {
  caption: z.string().optional(),
  filename: z.string().optional(),
  mime_type: z.string().optional(),
  /** The file in base64; a small sample when absent. */
  data: z.string().optional(),
  voice: z.boolean().optional(),
}

/** Body of `POST /_control/customers/{phone}/messages`. */
export const customerMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...envelope, type: z.literal('text'), text: z.string() }),
  z.strictObject({ ...envelope, type: z.literal('image'), ...media }),
  z.strictObject({ ...envelope, type: z.literal('document'), ...media }),
  z.strictObject({ ...envelope, type: z.literal('audio'), ...media }),
  z.strictObject({ ...envelope, type: z.literal('video'), ...media }),
  z.strictObject({ ...envelope, type: z.literal('sticker'), ...media }),
  z.strictObject({
    ...envelope,
    type: z.literal('template_button'),
    text: z.string(),
    payload: z.string().optional(),
  }),
  z.strictObject({ ...envelope, type: z.literal('button_reply'), reply_id: z.string(), title: z.string() }),
  z.strictObject({
    ...envelope,
    type: z.literal('list_reply'),
    reply_id: z.string(),
    title: z.string(),
    description: z.string().optional(),
  }),
  /** Without an emoji the reaction is taken away. */
  z.strictObject({
    ...envelope,
    type: z.literal('reaction'),
    message_id: z.string(),
    emoji: z.string().optional(),
  }),
  z.strictObject({
    ...envelope,
    type: z.literal('location'),
    latitude: z.number().default(40.4168),
    longitude: z.number().default(-3.7038),
    name_of_place: z.string().optional(),
    address: z.string().optional(),
  }),
  z.strictObject({
    ...envelope,
    type: z.literal('contacts'),
    contacts: z.array(z.record(z.string(), z.unknown())),
  }),
  /** What WhatsApp itself cannot pass on, such as a poll. */
  z.strictObject({ ...envelope, type: z.literal('unsupported'), kind: z.string().default('poll') }),
  /** Any `messages[0]` beside from, id and timestamp, as it is. */
  z.strictObject({ ...envelope, type: z.literal('raw'), message: z.record(z.string(), z.unknown()) }),
])

export type CustomerMessage = z.infer<typeof customerMessageSchema>
type MediaMessage = Extract<CustomerMessage, { type: SampleKind }>

/** The part of `messages[0]` that depends on its type. */
export function contentOf(
  emulator: Emulator,
  number: BusinessNumber,
  sent: CustomerMessage,
): Record<string, unknown> {
  switch (sent.type) {
    case 'text':
      return { type: 'text', text: { body: sent.text } }
    case 'image':
    case 'document':
    case 'audio':
    case 'video':
    case 'sticker':
      return { type: sent.type, [sent.type]: mediaContent(emulator, number, sent) }
    case 'template_button':
      return { type: 'button', button: { payload: sent.payload ?? sent.text, text: sent.text } }
    case 'button_reply': {
      const reply = { id: sent.reply_id, title: sent.title }
      return { type: 'interactive', interactive: { type: 'button_reply', button_reply: reply } }
    }
    case 'list_reply': {
      const reply = { id: sent.reply_id, title: sent.title, description: sent.description }
      return { type: 'interactive', interactive: { type: 'list_reply', list_reply: reply } }
    }
    case 'reaction':
      return { type: 'reaction', reaction: { message_id: sent.message_id, emoji: sent.emoji } }
    case 'location':
      return { type: 'location', location: place(sent) }
    case 'contacts':
      return { type: 'contacts', contacts: sent.contacts }
    case 'unsupported':
      return unsupported(sent.kind)
    case 'raw':
      return sent.message
    default:
      return sent satisfies never
  }
}

function mediaContent(
  emulator: Emulator,
  number: BusinessNumber,
  sent: MediaMessage,
): Record<string, unknown> {
  const sample = sampleOf(sent.type)
  const file = emulator.world.media.add(
    {
      wabaId: number.wabaId,
      phoneNumberId: number.id,
      mimeType: sent.mime_type ?? sample.mimeType,
      filename: sent.filename ?? sample.filename,
      bytes: sent.data === undefined ? sample.bytes : Buffer.from(sent.data, 'base64'),
      origin: 'received',
    },
    Date.now(),
  )
  return {
    ...(sent.caption === undefined ? {} : { caption: sent.caption }),
    ...(sent.type === 'document' && file.filename !== undefined ? { filename: file.filename } : {}),
    mime_type: file.mimeType,
    sha256: file.sha256.toString('base64'),
    id: file.id,
    url: mediaLink(emulator.url(), file, Date.now()),
    ...(sent.type === 'audio' ? { voice: sent.voice ?? false } : {}),
    ...(sent.type === 'sticker' ? { animated: false } : {}),
  }
}

function place(sent: Extract<CustomerMessage, { type: 'location' }>): Record<string, unknown> {
  const { latitude, longitude, name_of_place: name, address } = sent
  return { latitude, longitude, name, address }
}

function unsupported(kind: string): Record<string, unknown> {
  const title = 'Message type unknown'
  const details = 'Message type is currently not supported.'
  const errors = [{ code: 131051, title, message: title, error_data: { details } }]
  return { errors, type: 'unsupported', unsupported: { type: kind } }
}

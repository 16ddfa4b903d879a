import { z } from 'zod'
import { messageId, numberId } from './ids.ts'
import { interactive } from './interactive.ts'
import { templateToSend } from './messages.ts'
import { instant, phoneDigits } from './paging.ts'
import { captionedFile, documentFile, plainFile, voiceFile } from './send-media.ts'

const short = z.string().max(200).optional()
/** The provider's id of the message that is meant. */
const providersId = z.string().min(1).max(200)

const emoji = z
  .string()
  .max(32)
  .regex(
    /^(\p{Extended_Pictographic}|\p{Emoji_Component})*$/u,
    'Give an emoji, or an empty text to take the reaction back.',
  )

const contactCard = z.strictObject({
  name: z
    .strictObject({
      formatted_name: z.string().min(1).max(200),
      first_name: short,
      last_name: short,
      middle_name: short,
      prefix: short,
      suffix: short,
    })
    .refine(
      ({ formatted_name: _, ...parts }) => Object.values(parts).some((part) => part !== undefined),
      'Give at least one part of the name beside formatted_name.',
    ),
  birthday: z.iso.date().optional(),
  org: z.strictObject({ company: short, department: short, title: short }).optional(),
  phones: z
    .array(z.strictObject({ phone: z.string().max(40).optional(), type: short, wa_id: short }))
    .max(50)
    .optional(),
  emails: z
    .array(z.strictObject({ email: z.email().max(254), type: short }))
    .max(50)
    .optional(),
  addresses: z
    .array(
      z.strictObject({
        street: short,
        city: short,
        state: short,
        zip: short,
        country: short,
        country_code: short,
        type: short,
      }),
    )
    .max(50)
    .optional(),
  urls: z
    .array(z.strictObject({ url: z.string().min(1).max(2000), type: short }))
    .max(50)
    .optional(),
})

const common = {
  number_id: numberId,
  to: phoneDigits.optional(),
  /** Instead of `to`: the business-scoped user id of somebody whose phone is not known. */
  recipient: z
    .string()
    .regex(/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/, 'A user id looks like US.13491208655302741918.')
    .optional(),
  /** The message that is answered. */
  context: z.strictObject({ message_id: providersId }).optional(),
  /** Not before this time, at most 30 days ahead. */
  send_at: instant.optional(),
}

/** A message as in Meta's send API, plus the number it goes out from. */
const anyMessage = z.discriminatedUnion('type', [
  z.strictObject({
    ...common,
    type: z.literal('text'),
    text: z.strictObject({ body: z.string().min(1).max(4096), preview_url: z.boolean().optional() }),
  }),
  z.strictObject({ ...common, type: z.literal('template'), template: templateToSend }),
  z.strictObject({ ...common, type: z.literal('image'), image: captionedFile }),
  z.strictObject({
    ...common,
    type: z.literal('audio'),
    audio: voiceFile,
  }),
  z.strictObject({ ...common, type: z.literal('video'), video: captionedFile }),
  z.strictObject({
    ...common,
    type: z.literal('document'),
    document: documentFile,
  }),
  z.strictObject({ ...common, type: z.literal('sticker'), sticker: plainFile }),
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
  z.strictObject({
    ...common,
    type: z.literal('contacts'),
    contacts: z.array(contactCard).min(1).max(257),
  }),
  z.strictObject({
    ...common,
    type: z.literal('reaction'),
    reaction: z.strictObject({ message_id: providersId, emoji }),
  }),
  z.strictObject({ ...common, type: z.literal('interactive'), interactive }),
])
/** `POST /messages`. */
export const sendMessage = anyMessage
  .refine(({ to, recipient }) => (to === undefined) !== (recipient === undefined), {
    path: ['to'],
    error: 'Say who it is for: either a phone in `to`, or a user id in `recipient`.',
  })
  .refine(({ type, context }) => type !== 'reaction' || context === undefined, {
    path: ['context'],
    error: 'A reaction names its message in `reaction.message_id`.',
  })
export type SendMessage = z.infer<typeof sendMessage>

export const sendAccepted = z.object({ id: messageId, status: z.literal('queued') })
export type SendAccepted = z.infer<typeof sendAccepted>

/** A malformed message refuses the whole batch, naming it: `messages[3].text.body`. What is well formed stands for itself. */
export const sendBatch = z.strictObject({ messages: z.array(sendMessage).min(1).max(1000) })
export type SendBatch = z.infer<typeof sendBatch>

/** In the order of the request; a refused message has the error that sending it alone would have answered. */
export const batchAccepted = z.object({
  results: z.array(
    z.union([
      sendAccepted,
      z.object({
        status: z.literal('refused'),
        error: z.object({
          code: z.string(),
          message: z.string(),
          details: z.record(z.string(), z.unknown()).optional(),
        }),
      }),
    ]),
  ),
})
export type BatchAccepted = z.infer<typeof batchAccepted>

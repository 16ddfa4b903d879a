import { z } from 'zod'
import { listSections, productSections, replyButtons, sku } from './interactive-choices.ts'
import { headerDocument, plainFile } from './send-media.ts'

const textHeader = z.strictObject({ type: z.literal('text'), text: z.string().min(1).max(60) })
const imageHeader = z.strictObject({ type: z.literal('image'), image: plainFile })
const videoHeader = z.strictObject({ type: z.literal('video'), video: plainFile })
const documentHeader = z.strictObject({
  type: z.literal('document'),
  document: headerDocument,
})
const anyHeader = z.discriminatedUnion('type', [textHeader, imageHeader, videoHeader, documentHeader])

const bodyOf = (max: number) => z.strictObject({ text: z.string().min(1).max(max) })
const body = bodyOf(1024)
const footer = z.strictObject({ text: z.string().min(1).max(60) }).optional()
const httpLink = z.url({ protocol: /^https?$/ }).max(2000)
const free = z.looseObject({})

const urlAction = z.strictObject({
  name: z.literal('cta_url'),
  parameters: z.strictObject({ display_text: z.string().min(1).max(20), url: httpLink }),
})

const flowParameters = z
  .strictObject({
    flow_message_version: z.literal('3'),
    flow_token: z.string().min(1).max(1000).optional(),
    flow_id: z.string().min(1).max(100).optional(),
    flow_name: z.string().min(1).max(200).optional(),
    flow_cta: z
      .string()
      .min(1)
      .max(30)
      .regex(/^\P{Extended_Pictographic}*$/u, 'Must not have emoji.'),
    mode: z.enum(['published', 'draft']).optional(),
    flow_action: z.enum(['navigate', 'data_exchange']).optional(),
    flow_action_payload: z
      .strictObject({
        screen: z.string().min(1).max(200),
        data: free
          .refine((data) => Object.keys(data).length > 0, 'Leave it out when it is empty.')
          .optional(),
      })
      .optional(),
  })
  .refine(({ flow_id, flow_name }) => (flow_id === undefined) !== (flow_name === undefined), {
    message: 'Give either flow_id or flow_name.',
    path: ['flow_id'],
  })
  .refine(
    ({ flow_action, flow_action_payload }) => flow_action !== 'navigate' || flow_action_payload !== undefined,
    { message: 'To navigate, say to which screen.', path: ['flow_action_payload'] },
  )

const urlCard = z.strictObject({
  card_index: z.number().int().min(0).max(9),
  type: z.literal('cta_url'),
  header: z.discriminatedUnion('type', [imageHeader, videoHeader]),
  body: bodyOf(160).optional(),
  action: urlAction,
})
const productCard = z.strictObject({
  card_index: z.number().int().min(0).max(9),
  type: z.literal('product'),
  action: z.strictObject({ product_retailer_id: sku, catalog_id: z.string().min(1).max(100) }),
})
const cards = z
  .array(z.discriminatedUnion('type', [urlCard, productCard]))
  .min(2)
  .max(10)
  .refine(
    (all) => new Set(all.map((card) => (card.type === 'product' ? 'product' : card.header.type))).size === 1,
    'All cards have the same type and the same kind of header.',
  )
  .refine(
    (all) => new Set(all.map(({ card_index }) => card_index)).size === all.length,
    'Each card needs a card_index of its own.',
  )

/** Meta's interactive messages, each with the limits that Meta would refuse it for. */
export const interactive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('button'),
    header: anyHeader.optional(),
    body,
    footer,
    action: z.strictObject({ buttons: replyButtons }),
  }),
  z.strictObject({
    type: z.literal('list'),
    header: textHeader.optional(),
    body: bodyOf(4096),
    footer,
    action: z.strictObject({ button: z.string().min(1).max(20), sections: listSections }),
  }),
  z.strictObject({
    type: z.literal('cta_url'),
    header: anyHeader.optional(),
    body,
    footer,
    action: urlAction,
  }),
  z.strictObject({
    type: z.literal('product'),
    body: body.optional(),
    footer,
    action: z.strictObject({ catalog_id: z.string().min(1).max(100), product_retailer_id: sku }),
  }),
  z.strictObject({
    type: z.literal('product_list'),
    header: textHeader,
    body,
    footer,
    action: z.strictObject({ catalog_id: z.string().min(1).max(100), sections: productSections }),
  }),
  z.strictObject({
    type: z.literal('catalog_message'),
    body,
    footer,
    action: z.strictObject({
      name: z.literal('catalog_message'),
      parameters: z.strictObject({ thumbnail_product_retailer_id: sku }).optional(),
    }),
  }),
  z.strictObject({
    type: z.literal('flow'),
    header: anyHeader.optional(),
    body,
    footer,
    action: z.strictObject({ name: z.literal('flow'), parameters: flowParameters }),
  }),
  z.strictObject({
    type: z.literal('location_request_message'),
    body,
    action: z.strictObject({ name: z.literal('send_location') }),
  }),
  z.strictObject({
    type: z.literal('address_message'),
    header: anyHeader.optional(),
    body,
    footer,
    action: z.strictObject({
      name: z.literal('address_message'),
      parameters: z.strictObject({
        country: z.string().regex(/^[A-Z]{2}$/, 'A country as two capital letters.'),
        values: z.record(z.string(), z.string()).optional(),
        saved_addresses: z
          .array(z.strictObject({ id: z.string().min(1).max(200), value: z.record(z.string(), z.string()) }))
          .max(20)
          .optional(),
        validation_errors: z.record(z.string(), z.string()).optional(),
      }),
    }),
  }),
  z.strictObject({
    type: z.literal('call_permission_request'),
    body,
    action: z.strictObject({ name: z.literal('call_permission_request') }),
  }),
  z.strictObject({
    type: z.literal('voice_call'),
    body,
    action: z.strictObject({
      name: z.literal('voice_call'),
      parameters: z
        .strictObject({
          display_text: z.string().min(1).max(20).optional(),
          ttl_minutes: z.number().int().min(1).max(43_200).optional(),
          payload: z.string().max(512).optional(),
        })
        .optional(),
    }),
  }),
  z.strictObject({ type: z.literal('carousel'), body, action: z.strictObject({ cards }) }),
  z.strictObject({
    type: z.literal('order_details'),
    header: anyHeader.optional(),
    body,
    footer,
    action: z.strictObject({
      name: z.literal('review_and_pay'),
      // Payment differs by country; Meta checks the rest.
      parameters: z.looseObject({
        reference_id: z.string().min(1).max(35),
        currency: z.string().length(3),
        order: free,
      }),
    }),
  }),
  z.strictObject({
    type: z.literal('order_status'),
    body,
    footer,
    action: z.strictObject({
      name: z.literal('review_order'),
      parameters: z.strictObject({
        reference_id: z.string().min(1).max(35),
        order: z.strictObject({
          status: z.enum(['pending', 'processing', 'partially_shipped', 'shipped', 'completed', 'canceled']),
          description: z.string().max(120).optional(),
        }),
      }),
    }),
  }),
  z.strictObject({
    type: z.literal('request_contact_info'),
    body,
    action: z.strictObject({ name: z.literal('request_contact_info') }),
  }),
])
export type Interactive = z.infer<typeof interactive>

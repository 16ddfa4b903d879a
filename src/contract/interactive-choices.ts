import { z } from 'zod'

export const sku = z.string().min(1).max(200)

const hasNoRepeat = (texts: readonly string[]) => new Set(texts).size === texts.length

export const replyButtons = z
  .array(
    z.strictObject({
      type: z.literal('reply'),
      reply: z.strictObject({ id: z.string().min(1).max(256), title: z.string().min(1).max(20) }),
    }),
  )
  .min(1)
  .max(3)
  .refine(
    (buttons) => hasNoRepeat(buttons.map(({ reply }) => reply.id)),
    'Each button needs an id of its own.',
  )

export const listSections = z
  .array(
    z.strictObject({
      title: z.string().min(1).max(24).optional(),
      rows: z
        .array(
          z.strictObject({
            id: z.string().min(1).max(200),
            title: z.string().min(1).max(24),
            description: z.string().max(72).optional(),
          }),
        )
        .min(1)
        .max(10),
    }),
  )
  .min(1)
  .max(10)
  .refine(
    (sections) => sections.flatMap(({ rows }) => rows).length <= 10,
    'A list has at most 10 rows in all.',
  )
  .refine(
    (sections) => hasNoRepeat(sections.flatMap(({ rows }) => rows.map(({ id }) => id))),
    'Each row needs an id of its own.',
  )
  .refine(
    (sections) => sections.length === 1 || sections.every(({ title }) => title !== undefined),
    'Each of several sections needs a title.',
  )

export const productSections = z
  .array(
    z.strictObject({
      title: z.string().min(1).max(24),
      product_items: z
        .array(z.strictObject({ product_retailer_id: sku }))
        .min(1)
        .max(30),
    }),
  )
  .min(1)
  .max(10)
  .refine(
    (sections) => sections.flatMap(({ product_items }) => product_items).length <= 30,
    'At most 30 products in all.',
  )

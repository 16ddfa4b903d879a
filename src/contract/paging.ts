import { z } from 'zod'

/** `?limit=` (1 to 200, 50 by default) and `?cursor=` (opaque, from `next_cursor`). */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
})
export type PageQuery = z.infer<typeof pageQuery>

/** A page of a list: `next_cursor` is null on the last one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ data: z.array(item), next_cursor: z.string().nullable() })
}

/** Times are ISO 8601 in UTC, always with `Z`. */
export const instant = z.iso.datetime()

/** International digits without `+`: country code first, 7 to 15 digits. */
export const phoneDigits = z
  .string()
  .regex(
    /^[1-9][0-9]{6,14}$/,
    'Write the number in international form with digits only, for example 598091234567.',
  )

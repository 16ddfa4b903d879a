import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { TemplateFact } from '../providers/index.ts'

const ofOneKind = z.object({ at: z.string().nullable(), marks: z.array(z.string()) })
const reviews = z.record(z.string(), ofOneKind)
/** What a template has been told, per kind of change: the newest time and the marks of the last webhooks. */
export type Reviews = z.infer<typeof reviews>

const marksMax = 50

/** What the column holds; anything else counts as nothing taken yet. */
export function readReviews(value: unknown): Reviews {
  const read = reviews.safeParse(value)
  return read.success ? read.data : {}
}

/** `repeat`: taken before. `late`: something newer of this kind was taken already. */
export function compareReview(taken: Reviews, fact: TemplateFact): 'new' | 'repeat' | 'late' {
  const known = taken[fact.change]
  if (known === undefined) return 'new'
  if (known.marks.includes(markOf(fact))) return 'repeat'
  return known.at !== null && fact.at !== null && fact.at < new Date(known.at) ? 'late' : 'new'
}

export function takeReview(taken: Reviews, fact: TemplateFact): Reviews {
  const known = taken[fact.change]
  const times = [known?.at ?? null, fact.at?.toISOString() ?? null].filter((at) => at !== null)
  return {
    ...taken,
    [fact.change]: {
      at: times.toSorted().at(-1) ?? null,
      marks: [...(known?.marks ?? []), markOf(fact)].slice(-marksMax),
    },
  }
}

/** Meta gives these webhooks no id, so their content and time are one. */
function markOf(fact: TemplateFact): string {
  const { waba_id, phone_number_id, ...told } = fact
  const text = JSON.stringify(Object.entries(told).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}

import type { Fact, FactOrigin } from '../../fact.ts'
import type { Change } from '../../meta/parse/change.ts'
import type { Problems } from '../../meta/parse/problem.ts'

/** Gupshup names no account and no number: the address a webhook came to says whose it is. */
export const unnamed: FactOrigin = { waba_id: null, phone_number_id: null }

/** One event of Gupshup, as a change of the field that is its type. */
export type GupshupEvent = Change

export interface Surroundings {
  facts: Fact[]
  problems: Problems
}

export const unsettledStates = ['unknown', 'held'] as const
export type UnsettledState = (typeof unsettledStates)[number]

export interface UnsettledFilter {
  state?: UnsettledState
  number?: string
  list?: string
}

/** The filter as it stands in the address; what isn't understood is left out. */
export function readUnsettledFilter(search: Record<string, unknown>): UnsettledFilter {
  const state = unsettledStates.find((one) => one === search.state)
  return {
    ...(state ? { state } : {}),
    ...(typeof search.number === 'string' ? { number: search.number } : {}),
    ...(typeof search.list === 'string' ? { list: search.list } : {}),
  }
}

/** The same as the API names it. */
export function queryOf({ state, number, list }: UnsettledFilter) {
  return {
    ...(state ? { state } : {}),
    ...(number ? { number_id: number } : {}),
    ...(list ? { list_id: list } : {}),
  }
}

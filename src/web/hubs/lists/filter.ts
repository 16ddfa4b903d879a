import type { ListState } from '../../../contract/index.ts'

export const listStates = [
  'running',
  'paused',
  'scheduled',
  'ready',
  'draft',
  'importing',
  'finished',
  'cancelled',
] as const satisfies readonly ListState[]

export interface ListFilter {
  hub?: string
  state?: ListState
  search?: string
}

/** The filter as it stands in the address; what isn't understood is left out. */
export function readListFilter(search: Record<string, unknown>): ListFilter {
  const state = listStates.find((one) => one === search.state)
  return {
    ...(typeof search.hub === 'string' ? { hub: search.hub } : {}),
    ...(state ? { state } : {}),
    ...(search.search !== undefined && search.search !== '' ? { search: String(search.search) } : {}),
  }
}

import type { RecipientState } from '../../../contract/index.ts'

export const recipientStates = [
  'waiting',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'unknown',
  'skipped',
  'problem',
] as const satisfies readonly RecipientState[]

export interface RecipientFilter {
  state?: RecipientState
  /** A failure's code, or why a row was left out. */
  reason?: string
  search?: string
}

/** The filter as it stands in the address; what isn't understood is left out. */
export function readRecipientFilter(search: Record<string, unknown>): RecipientFilter {
  const state = recipientStates.find((one) => one === search.state)
  return {
    ...(state ? { state } : {}),
    ...(typeof search.reason === 'string' || typeof search.reason === 'number'
      ? { reason: String(search.reason) }
      : {}),
    ...(search.search !== undefined && search.search !== '' ? { search: String(search.search) } : {}),
  }
}

import type { DeliveryState } from '../../contract/index.ts'

export const deliveryStates = [
  'pending',
  'delivered',
  'failed',
  'cancelled',
] as const satisfies readonly DeliveryState[]

export interface DeliveryFilter {
  endpoint?: string
  state?: DeliveryState
  /** The delivery that is open. */
  delivery?: string
}

/** The filter as it stands in the address; what isn't understood is left out. */
export function readDeliveryFilter(search: Record<string, unknown>): DeliveryFilter {
  const state = deliveryStates.find((one) => one === search.state)
  return {
    ...(state ? { state } : {}),
    ...(typeof search.endpoint === 'string' ? { endpoint: search.endpoint } : {}),
    ...(typeof search.delivery === 'string' ? { delivery: search.delivery } : {}),
  }
}

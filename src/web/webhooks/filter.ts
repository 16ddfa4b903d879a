import type { DeliveryState, EventType } from '../../contract/index.ts'
import { isEventType } from './event-types.ts'

export const deliveryStates = [
  'pending',
  'delivered',
  'failed',
  'cancelled',
] as const satisfies readonly DeliveryState[]

export interface DeliveryFilter {
  endpoint?: string
  state?: DeliveryState
  type?: EventType
  /** The delivery that is open. */
  delivery?: string
}

/** The filter as it stands in the address; what isn't understood is left out. The router lets it through. */
export function readDeliveryFilter(search: Record<string, unknown> | DeliveryFilter): DeliveryFilter {
  const state = deliveryStates.find((one) => one === search.state)
  return {
    ...(state ? { state } : {}),
    ...(isEventType(search.type) ? { type: search.type } : {}),
    ...(typeof search.endpoint === 'string' ? { endpoint: search.endpoint } : {}),
    ...(typeof search.delivery === 'string' ? { delivery: search.delivery } : {}),
  }
}

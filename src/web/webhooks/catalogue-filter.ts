import type { EndpointFormat, EventType } from '../../contract/index.ts'
import { formats } from './endpoint-values.ts'
import { isEventType } from './event-types.ts'

export interface CatalogueFilter {
  search?: string | undefined
  format?: EndpointFormat | undefined
  /** The type that is open. */
  type?: string | undefined
}

interface ReadFilter {
  search?: string
  format?: EndpointFormat
  type?: EventType
}

/** The filter as it stands in the address; what isn't understood is left out. The router lets it through. */
export function readCatalogueFilter(search: Record<string, unknown> | CatalogueFilter): ReadFilter {
  const format = formats.find((one) => one === search.format)
  return {
    ...(typeof search.search === 'string' && search.search !== '' ? { search: search.search } : {}),
    ...(format && format !== 'normalized' ? { format } : {}),
    ...(isEventType(search.type) ? { type: search.type } : {}),
  }
}

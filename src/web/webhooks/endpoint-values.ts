import type { Endpoint, EndpointFormat, EventType } from '../../contract/index.ts'

export const formats = ['normalized', 'gupshup', 'meta'] as const satisfies readonly EndpointFormat[]

/** What the form holds; an empty text is none. */
export interface EndpointValues {
  destination_url: string
  name: string
  events: EventType[]
  number_id: string
  format: EndpointFormat
  rate_per_second: number | ''
  ordered: boolean
}

export function valuesOf(endpoint: Endpoint | undefined): EndpointValues {
  return {
    destination_url: endpoint?.destination_url ?? '',
    name: endpoint?.name ?? '',
    events: endpoint?.events ?? ['message.received', 'message.status_updated'],
    number_id: endpoint?.number_id ?? '',
    format: endpoint?.format ?? 'normalized',
    rate_per_second: endpoint?.rate_per_second ?? '',
    ordered: endpoint?.ordered ?? false,
  }
}

/** The format is fixed once the endpoint exists. */
export function bodyOf(
  { name, number_id, format, rate_per_second, ...values }: EndpointValues,
  isNew: boolean,
) {
  return {
    ...values,
    number_id: number_id === '' ? null : number_id,
    rate_per_second: rate_per_second === '' ? null : rate_per_second,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(isNew ? { format } : {}),
  }
}

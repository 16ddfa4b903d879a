import type { Endpoint, EndpointFormat, EventType } from '../../contract/index.ts'

export const formats = ['normalized', 'gupshup', 'meta'] as const satisfies readonly EndpointFormat[]

/** What the form holds; an empty text is none. */
export interface EndpointValues {
  destination_url: string
  name: string
  events: EventType[]
  number_id: string
  format: EndpointFormat
}

export function valuesOf(endpoint: Endpoint | undefined): EndpointValues {
  return {
    destination_url: endpoint?.destination_url ?? '',
    name: endpoint?.name ?? '',
    events: endpoint?.events ?? ['message.received', 'message.status_updated'],
    number_id: endpoint?.number_id ?? '',
    format: endpoint?.format ?? 'normalized',
  }
}

/** The format is fixed once the endpoint exists. */
export function bodyOf({ name, number_id, format, ...values }: EndpointValues, isNew: boolean) {
  return {
    ...values,
    number_id: number_id === '' ? null : number_id,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(isNew ? { format } : {}),
  }
}

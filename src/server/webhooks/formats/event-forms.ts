import { type EndpointFormat, type EventType, eventTypes } from '../../../contract/index.ts'

// The function has_webhook_form in the migrations decides for each event; this says the same for whole types.
const gupshupTypes = new Set<string>(
  eventTypes.filter(
    (type) =>
      (type.startsWith('message.') && type !== 'message.received') ||
      type.startsWith('template.') ||
      type.startsWith('account.') ||
      type === 'number.name_updated',
  ),
)
/** Told by no provider: they happen in Parley. */
const ownTypes = new Set<string>(
  eventTypes.filter((type) => type.startsWith('conversation.') || type.startsWith('list.')),
)

export function hasForm(format: EndpointFormat, type: EventType): boolean {
  switch (format) {
    case 'normalized':
      return true
    case 'gupshup':
      return gupshupTypes.has(type)
    case 'meta':
      return !ownTypes.has(type)
    default:
      return format satisfies never
  }
}

export function typesWithoutForm(format: EndpointFormat, types: readonly EventType[]): EventType[] {
  return types.filter((type) => !hasForm(format, type))
}

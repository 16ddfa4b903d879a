const deliveryEvents = new Set<string>([
  'message.sent',
  'message.delivered',
  'message.read',
  'message.failed',
  'message.status_updated',
])

interface Listener {
  format: string
  events: readonly string[]
  /** Null or empty: of every number. */
  number_id: string | null
}

/**
 * Names of the endpoints that would lose their delivery events to the one in the form: in format gupshup a connector has
 * one address for them, and the last saved wins. `connectorOf` names the connector of a number.
 */
export function overtakenBy(
  wish: Listener,
  others: readonly (Listener & { name: string; enabled: boolean })[],
  connectorOf: (numberId: string) => string | undefined,
): string[] {
  if (!wantsDeliveryEvents(wish)) return []
  return others
    .filter((other) => other.enabled && wantsDeliveryEvents(other))
    .filter(({ number_id }) => {
      if (!number_id || !wish.number_id) return true
      return connectorOf(number_id) === connectorOf(wish.number_id)
    })
    .map(({ name }) => name)
}

function wantsDeliveryEvents({ format, events }: Listener): boolean {
  return format === 'gupshup' && events.some((event) => deliveryEvents.has(event))
}

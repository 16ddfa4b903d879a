import type { EndpointFormat } from '../../../contract/index.ts'
import type { EventSource } from './event-source.ts'
import { gupshupAccountEvent } from './gupshup-account.ts'
import { gupshupDeliveryEvent } from './gupshup-delivery.ts'
import { gupshupTemplateEvent } from './gupshup-template.ts'
import { metaChange } from './meta-change.ts'

/** What an endpoint receives, as text; null when the event can't be said in this format. */
export function formatBody(format: EndpointFormat, source: EventSource): string | null {
  if (format === 'meta') return metaChange(source)
  const payload = format === 'normalized' ? source.data : gupshupEvent(source)
  return payload === null ? null : JSON.stringify(payload)
}

function gupshupEvent(source: EventSource): Record<string, unknown> | null {
  if (source.type.startsWith('message.')) return gupshupDeliveryEvent(source)
  if (source.type.startsWith('template.')) return gupshupTemplateEvent(source)
  return gupshupAccountEvent(source)
}

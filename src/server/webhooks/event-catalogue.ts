import {
  type EndpointFormat,
  type EventType,
  type EventTypeEntry,
  eventDescriptions,
  eventSamples,
  eventTypes,
} from '../../contract/index.ts'
import { hasForm } from './formats/event-forms.ts'
import type { EventSource } from './formats/event-source.ts'
import { formatBody } from './formats/format-body.ts'
import { metaSample } from './formats/meta-samples.ts'
import { isObject } from './formats/read-json.ts'

/** Every event type with a sample in each format, made by the code that makes deliveries. */
export function eventCatalogue(): EventTypeEntry[] {
  return eventTypes.map((type) => ({
    type,
    description: eventDescriptions[type],
    samples: {
      normalized: eventSamples[type],
      gupshup: samplePayload('gupshup', type),
      meta: samplePayload('meta', type),
    },
  }))
}

/** null when the type has no form in this format. `changed` overwrites fields of the normalized sample. */
export function samplePayload(
  format: EndpointFormat,
  type: EventType,
  changed: Record<string, unknown> = {},
): Record<string, unknown> | null {
  if (!hasForm(format, type)) return null
  const text = formatBody(format, sampleSource(type, changed))
  const payload: unknown = text === null ? null : JSON.parse(text)
  return isObject(payload) ? payload : null
}

function sampleSource(type: EventType, changed: Record<string, unknown>): EventSource {
  const data = { ...eventSamples[type], ...changed }
  const webhook = metaSample(type)
  return {
    type,
    at: new Date(String(data.timestamp)),
    data,
    app: { name: 'ShopApp', id: 'e4c9dbe0-b1ef-4add-97a2-a8fdba0666ad', phone: '15550783881' },
    templateExternalId: '6330963',
    told: webhook === null ? null : { provider: 'meta', body: Buffer.from(JSON.stringify(webhook)) },
  }
}

import { useQuery } from '@tanstack/react-query'
import type { EndpointFormat, EventType, EventTypeEntry } from '../../contract/index.ts'
import type { Page } from '../platform/api/api.ts'
import { useApi } from '../platform/api/use-api.ts'

/** Every event type with a sample in each format; it changes with the program only. */
export function useEventTypes() {
  const api = useApi()
  return useQuery({
    queryKey: api.key('event-types'),
    queryFn: ({ signal }) => api.get<Page<EventTypeEntry>>('/event-types', {}, signal),
    select: (page) => page.data,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** A sample as text, of the first of these types that the format has a form for; null when it has one for none. */
export function sampleOf(
  catalogue: readonly EventTypeEntry[],
  { format, types }: { format: EndpointFormat; types: readonly EventType[] },
): { type: EventType; text: string } | null {
  for (const type of types) {
    const sample = catalogue.find((entry) => entry.type === type)?.samples[format]
    if (sample) return { type, text: JSON.stringify(sample, null, 2) }
  }
  return null
}

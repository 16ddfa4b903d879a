import { describe, expect, it } from 'vitest'
import { eventually } from '../../../rig/api.ts'
import { customerEvent } from '../../../src/contract/index.ts'
import { type Body, customer, eventTypes, feed, formats } from './world.ts'

/** The keys of an object and of what is in it: `payload.category.old`. Of lists, the keys of all members. */
function keysOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((one) => keysOf(one, `${path}[]`)))]
  if (typeof value !== 'object' || value === null)
    return [`${path}: ${value === null ? 'null' : typeof value}`]
  return Object.entries(value).flatMap(([key, one]) => keysOf(one, path === '' ? key : `${path}.${key}`))
}

export function catalogue(): void {
  describe('the catalogue', () => {
    it('has samples with the very keys of events that happened, in each format', async () => {
      for (const { type, samples } of eventTypes) {
        for (const format of formats) {
          const sample = samples[format]
          if (sample === null || (type === 'message.status_updated' && format !== 'normalized')) continue
          await eventually(async () => {
            const shapes = (await bodiesOf(type, format)).map((body) => keysOf(body).toSorted())
            expect(shapes, `${type} in format ${format}`).toContainEqual(keysOf(sample).toSorted())
          })
        }
      }
    })

    it('says a status the same, whether an endpoint asked for its own event or for all', () => {
      const samplesOf = (type: string) => eventTypes.find((one) => one.type === type)?.samples
      const [all, own] = [samplesOf('message.status_updated'), samplesOf('message.delivered')]
      expect([all?.gupshup, all?.meta]).toEqual([own?.gupshup, own?.meta])
    })

    it('names every key that events have', async () => {
      for (const { id: eventId, data } of await feed()) {
        expect(customerEvent.parse(data), eventId).toEqual(data)
      }
    })

    it('was signed so that the official library takes all of it', () => {
      expect(customer.refused).toEqual([])
      expect(customer.received.length).toBeGreaterThan(100)
    })

    async function bodiesOf(type: string, format: string): Promise<Body[]> {
      const events = (await feed()).filter((one) => one.type === type)
      if (format === 'normalized') return events.map(({ data }) => data)
      const ids = new Set(events.map((one) => one.id))
      return customer.received.flatMap(({ path, headers, body }) =>
        path === `/${format}` && ids.has(String(headers['webhook-id'])) ? [body] : [],
      )
    }
  })
}

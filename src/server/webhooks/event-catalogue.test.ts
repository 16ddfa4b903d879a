import { describe, expect, it } from 'vitest'
import { customerEvent, eventDescriptions, eventSamples, eventTypes } from '../../contract/index.ts'
import { describeEvents } from './describe-events.ts'
import { eventCatalogue } from './event-catalogue.ts'
import { hasForm } from './formats/event-forms.ts'

describe('the catalogue of events', () => {
  it.each(eventTypes)('%s has a description, and a sample that the contract takes to the letter', (type) => {
    expect(eventDescriptions[type]).not.toBe('')
    expect(customerEvent.parse(eventSamples[type])).toEqual(eventSamples[type])
    expect(eventSamples[type].event).toBe(type)
  })

  it.each(eventCatalogue())(
    '$type has samples exactly in the formats that have a form for it',
    ({ type, samples }) => {
      expect(samples.gupshup !== null).toBe(hasForm('gupshup', type))
      expect(samples.meta !== null).toBe(hasForm('meta', type))
    },
  )

  it('is what docs/events.md says', async () => {
    await expect(describeEvents(eventCatalogue())).toMatchFileSnapshot('../../../docs/events.md')
  })
})

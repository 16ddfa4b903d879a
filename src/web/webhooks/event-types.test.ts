import { expect, it } from 'vitest'
import { eventTypes, typesOfNoNumber } from '../../contract/index.ts'
import * as ours from './event-types.ts'

it('the lists of event types are those of the contract', () => {
  expect(ours.everyEventType.toSorted()).toEqual([...eventTypes].toSorted())
  expect(ours.typesOfNoNumber.toSorted()).toEqual([...typesOfNoNumber].toSorted())
})

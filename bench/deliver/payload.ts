import { eventSamples } from '../../src/contract/index.ts'

/** What each delivery carries, in all three contestants. */
export const payload = JSON.stringify(eventSamples['message.delivered'])

import { afterAll, beforeAll } from 'vitest'
import { accountEvents } from './customer/account-events.ts'
import { catalogue } from './customer/catalogue.ts'
import { deliveryEvents } from './customer/delivery-events.ts'
import { knownPayloads } from './customer/known-payloads.ts'
import { metaWords } from './customer/meta-words.ts'
import { ownEvents } from './customer/own-events.ts'
import { templateEvents } from './customer/template-events.ts'
import { closeWorld, openWorld } from './customer/world.ts'

// What a provider's webhook becomes at a customer's server, from end to end and key by key: the payloads that users of
// other gateways know, the samples of our own catalogue, and Meta's own words.

beforeAll(openWorld)
afterAll(closeWorld)

knownPayloads()
// An account that is restricted sends no lists: these go before the events of accounts.
ownEvents()
accountEvents()
templateEvents()
deliveryEvents()
metaWords()
// Compares its samples with all that happened above.
catalogue()

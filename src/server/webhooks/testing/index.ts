export { type Receiver, startReceivers } from './start-receivers.ts'
export { watchEndpoints } from './watch-endpoints.ts'

export { type Receiver, startReceivers } from './start-receivers.ts'

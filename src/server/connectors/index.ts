export type { ConnectorRow, NumberRow } from './connector.ts'
export {
  findConnectorByKey,
  type KeyedConnector,
  type NumberConnection,
  numberConnection,
  openConnection,
} from './open-connection.ts'
export { presentNumber } from './present-number.ts'
export { markTemplatesSynced, touchConnector } from './queries.ts'
export {
  findNumber,
  listSendingNumbers,
  type NumberOwner,
  type SendingNumber,
  touchNumbers,
} from './queries-numbers.ts'

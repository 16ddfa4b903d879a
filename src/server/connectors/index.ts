export { type AccountChangeOutcome, applyAccountChange, type Heard } from './apply-account-change.ts'
export { defineCatchUpJobs } from './catch-up.ts'
export type { ConnectorRow, NumberRow } from './connector.ts'
export { createConnector } from './create-connector.ts'
export { disconnectConnector } from './disconnect-connector.ts'
export { type AccountOwner, findAccountOwners, findNumberOwners } from './find-owners.ts'
export { forgetOldPlaces } from './forget-old-places.ts'
export {
  findConnectorByKey,
  type KeyedConnector,
  type NumberConnection,
  numberConnection,
  openConnection,
} from './open-connection.ts'
export { markTemplatesSynced, selectConnector as findConnector, touchConnector } from './queries.ts'
export { selectRoughRoom } from './queries-limits.ts'
export {
  listSendingNumbers,
  type SendingNumber,
  touchNumbers,
} from './queries-numbers.ts'
export {
  type KnownLimits,
  keepCrowdedPairs,
  keepStop,
  noteToldLimits,
  selectKnownLimits,
} from './queries-slow-downs.ts'
export { type DailyLimit, readDailyLimit } from './read-daily-limit.ts'
export { recordProviderError } from './record-provider-error.ts'
export { defineConnectorsJobs } from './refresh-numbers.ts'
export { requestTemplateSync, templateSyncJob } from './request-template-sync.ts'
export { restoreSandboxAccounts } from './restore-sandbox-accounts.ts'
export { registerConnectorRoutes } from './routes.ts'

export { systemClock } from './clock.ts'
export { type Config, ConfigError, readConfig } from './config.ts'
export type { Clock, Ctx, Live, LiveChange, Random, Secrets, Wake } from './context.ts'
export { type ContextParts, createContext, type OpenContext } from './create-context.ts'
export { isEqual } from './crypto.ts'
export type { DatabaseTarget } from './db/connect.ts'
export type { Database, Databases, Db } from './db/databases.ts'
export { isDatabaseAway } from './db/is-database-away.ts'
export { joinDatabase, type StartedDatabase, startDatabase } from './db/start-database.ts'
export { isPublicAddress } from './egress/addresses.ts'
export type {
  Egress,
  EgressAnswer,
  EgressFailure,
  EgressOutcome,
  EgressRefusal,
  EgressRequest,
  EgressVerdict,
} from './egress/egress.ts'
export { type GuardOptions, guardConnections } from './egress/guarded-connect.ts'
export { readNetworks } from './egress/networks.ts'
export { type ErrorDetails, ParleyError } from './error.ts'
export { type Access, type Actor, actorOf } from './http/actor.ts'
export type { StatusOf } from './http/answer-error.ts'
export { openCursor, type PageOptions, page, sealCursor } from './http/cursor.ts'
export { createHttpApp, type HttpApp, type HttpAppOptions } from './http/http-app.ts'
export type { AddJobOptions, JobData, JobHandler, JobOptions, JobRun, Jobs } from './jobs/jobs.ts'
export type { Lane } from './lanes/held-lane.ts'
export { databaseLeases, type Lease, type Leases, leaseOf } from './lanes/leases.ts'
export { type LanesCtx, type LaneWork, runLanes, runLeasedLanes } from './lanes/run-lanes.ts'
export { everything } from './live-changes.ts'
export { createLog, type Logger, redactSecrets } from './log.ts'
export type { Metrics } from './metrics.ts'
export { systemRandom } from './random.ts'
export { Secret } from './secret.ts'

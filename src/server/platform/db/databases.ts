import type { Kysely } from 'kysely'
import type { DB } from './schema.ts'

/** Row types by table, generated from a migrated database. */
export type Database = DB
/** A pool, a connection or a transaction: queries don't care which. */
export type Db = Kysely<Database>

export interface Databases {
  /** One transaction as `parley_app`, which sees the rows of this workspace only. */
  inWorkspace<T>(workspaceId: string, work: (tx: Db) => Promise<T>): Promise<T>
  /** One transaction as `parley_worker`, which sees all workspaces. */
  asWorker<T>(work: (tx: Db) => Promise<T>): Promise<T>
  /** The same for statements that look at every row of a list, and may take minutes. */
  asPatientWorker<T>(work: (tx: Db) => Promise<T>): Promise<T>
  /** Single statements as `parley_worker`. */
  worker: Db
  /**
   * As `worker`, for the statements that lanes repeat all day: prepared once per connection, and always planned as loops
   * over indexes, however little the planner knows of tables that have just been filled.
   */
  lanes: Db
  /** A small pool of its own for raw intake and agents' replies, so that bulk work can't starve them. */
  intake: Db
  close(): Promise<void>
}

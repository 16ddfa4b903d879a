import { sql } from 'kysely'
import type { NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { NumberRow } from './connector.ts'

export async function selectNumber(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: string,
): Promise<NumberRow | null> {
  const row = await db
    .selectFrom('numbers')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', numberId)
    .executeTakeFirst()
  return row ?? null
}

/** Locked until the transaction ends, so that what is read as before is what the change replaces. */
export async function lockNumber(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: string,
): Promise<NumberRow | null> {
  const row = await db
    .selectFrom('numbers')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', numberId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row ?? null
}

export async function selectNumbersOf(
  db: Db,
  workspaceId: WorkspaceId,
  connectorIds: string[],
): Promise<NumberRow[]> {
  if (connectorIds.length === 0) return []
  return await db
    .selectFrom('numbers')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('connector_id', 'in', connectorIds)
    .orderBy('id')
    .execute()
}

/** Numbers of a connector and of others of the same WhatsApp account, whose news may come in through this one. */
export async function selectNumbersOfAccount(
  db: Db,
  workspaceId: WorkspaceId,
  connectorId: string,
): Promise<NumberRow[]> {
  const { rows } = await sql<NumberRow>`
    select n.*
    from connectors heard
    join connectors c on c.workspace_id = heard.workspace_id and (c.id = heard.id or c.waba_id = heard.waba_id)
    join numbers n on n.workspace_id = c.workspace_id and n.connector_id = c.id
    where heard.workspace_id = ${workspaceId} and heard.id = ${connectorId}
    order by n.id`.execute(db)
  return rows
}

/** Oldest first, one more than `limit`; `after` is the id of the last number of the page before. */
export async function selectNumbers(
  db: Db,
  workspaceId: WorkspaceId,
  { after, limit }: { after: string | null; limit: number },
): Promise<NumberRow[]> {
  const rows = db.selectFrom('numbers').selectAll().where('workspace_id', '=', workspaceId)
  const page = after === null ? rows : rows.where('id', '>', after)
  return await page
    .orderBy('id')
    .limit(limit + 1)
    .execute()
}

/**
 * Connected numbers whose webhooks may come in through this connector: its own, and those of other connectors of
 * the same workspace and account, because Meta has one callback for all numbers of an app. For workers.
 */
export async function selectRoutedNumbers(
  db: Db,
  connector: { workspace_id: string; id: string; waba_id: string | null },
): Promise<{ id: NumberId; phone_number_id: string }[]> {
  const { rows } = await sql<{ id: NumberId; phone_number_id: string }>`
    select n.id, n.phone_number_id
    from numbers n
    join connectors c on c.workspace_id = n.workspace_id and c.id = n.connector_id
    where n.workspace_id = ${connector.workspace_id} and n.connected
      and (c.id = ${connector.id} or c.waba_id = ${connector.waba_id})`.execute(db)
  return rows
}

export interface SendingNumber {
  workspace_id: WorkspaceId
  id: NumberId
  pace_limit_per_second: number
  pace_override_per_second: number | null
}

/** Every number that may send, of all workspaces. For workers. */
export async function listSendingNumbers(db: Db): Promise<SendingNumber[]> {
  const { rows } = await sql<SendingNumber>`
    select n.workspace_id, n.id, n.pace_limit_per_second, n.pace_override_per_second
    from numbers n
    join connectors c on c.workspace_id = n.workspace_id and c.id = n.connector_id
    where n.connected and c.status <> 'DISCONNECTED'`.execute(db)
  return rows
}

export type NumberValues = Pick<
  NumberRow,
  | 'display_phone_number'
  | 'phone'
  | 'verified_name'
  | 'quality_rating'
  | 'messaging_limit'
  | 'throughput'
  | 'pace_limit_per_second'
>

/**
 * Connects a number and returns its row; null when it is connected already, here or in another workspace: the
 * transaction is broken then and must be given up. A number this workspace had before takes up its old row, so that
 * its conversations go on.
 */
export async function connectNumber(
  db: Db,
  workspaceId: WorkspaceId,
  number: NumberValues & { id: string; connector_id: string; phone_number_id: string },
): Promise<NumberRow | null> {
  try {
    return (await takeUpNumber(db, workspaceId, number)) ?? (await insertNumber(db, workspaceId, number))
  } catch (error) {
    // Rows of other workspaces are hidden from this query, but not from the unique index.
    if (isUniqueViolation(error)) return null
    throw error
  }
}

type NumberToConnect = Parameters<typeof connectNumber>[2]

async function takeUpNumber(
  db: Db,
  workspaceId: WorkspaceId,
  { id: _, phone_number_id, ...values }: NumberToConnect,
): Promise<NumberRow | undefined> {
  return await db
    .updateTable('numbers')
    .set({ ...values, connected: true, connected_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', (rows) =>
      rows
        .selectFrom('numbers as former')
        .select((former) => former.fn.max('former.id').as('id'))
        .where('former.workspace_id', '=', workspaceId)
        .where('former.phone_number_id', '=', phone_number_id)
        .where('former.connected', '=', false),
    )
    .returningAll()
    .executeTakeFirst()
}

async function insertNumber(db: Db, workspaceId: WorkspaceId, number: NumberToConnect): Promise<NumberRow> {
  return await db
    .insertInto('numbers')
    .values({ workspace_id: workspaceId, ...number })
    .returningAll()
    .executeTakeFirstOrThrow()
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505'
}

export async function disconnectNumbers(
  db: Db,
  workspaceId: WorkspaceId,
  connectorId: string,
): Promise<void> {
  await db
    .updateTable('numbers')
    .set({ connected: false })
    .where('workspace_id', '=', workspaceId)
    .where('connector_id', '=', connectorId)
    .execute()
}

/** False when nothing differs from what is there. */
export async function updateNumber(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: string,
  values: Partial<NumberValues>,
): Promise<boolean> {
  const names = Object.keys(values)
  if (names.length === 0) return false
  const { rows } = await sql`
    update numbers n set ${sql.join(names.map((name) => sql`${sql.ref(name)} = r.${sql.ref(name)}`))}
    from jsonb_populate_record(null::numbers, ${JSON.stringify(values)}::jsonb) r
    where n.workspace_id = ${workspaceId} and n.id = ${numberId}
      and (${sql.join(
        names.map((name) => sql`n.${sql.ref(name)} is distinct from r.${sql.ref(name)}`),
        sql` or `,
      )})
    returning n.id`.execute(db)
  return rows.length > 0
}

export async function updatePaceOverride(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: string,
  paceOverridePerSecond: number | null,
): Promise<NumberRow | null> {
  const row = await db
    .updateTable('numbers')
    .set({ pace_override_per_second: paceOverridePerSecond })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', numberId)
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

/** Last traffic of numbers. Written at most every 5 s each, so that a busy number isn't one hot row. */
export async function touchNumbers(
  db: Db,
  workspaceId: WorkspaceId,
  { inbound = [], outbound = [] }: { inbound?: NumberId[]; outbound?: NumberId[] },
  at: Date,
): Promise<void> {
  for (const [column, numberIds] of [
    [sql.ref('last_inbound_at'), inbound],
    [sql.ref('last_outbound_at'), outbound],
  ] as const) {
    if (numberIds.length === 0) continue
    await sql`
      update numbers set ${column} = ${at}
      where workspace_id = ${workspaceId} and id = any (${numberIds})
        and (${column} is null or ${column} < ${at}::timestamptz - interval '5 seconds')`.execute(db)
  }
}

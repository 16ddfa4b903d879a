import { sql } from 'kysely'
import type { WeeklySchedule, WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'

export interface HubRow {
  id: string
  name: string
  campaign_id: string
  channel: string
  enabled: boolean
  template_id: string | null
  schedule: WeeklySchedule | null
  active_lists: number
  created_at: Date
  updated_at: Date
}

const hubColumns = sql`
  h.id, h.name, h.campaign_id, h.channel, h.enabled, h.template_id, h.schedule, h.created_at, h.updated_at,
  (select count(*)::int from lists l
   where l.workspace_id = h.workspace_id and l.hub_id = h.id and l.state in ('scheduled', 'running')) as active_lists`

export async function selectHub(db: Db, workspaceId: WorkspaceId, hubId: string): Promise<HubRow | null> {
  const { rows } = await sql<HubRow>`
    select ${hubColumns} from hubs h
    where h.workspace_id = ${workspaceId} and h.id = ${hubId} and h.deleted_at is null`.execute(db)
  return rows[0] ?? null
}

/** Held while the hub is changed or deleted, and (shared) while a list is added: neither can miss the other. */
export async function lockHub(
  db: Db,
  workspaceId: WorkspaceId,
  { hubId, shared }: { hubId: string; shared: boolean },
): Promise<HubRow | null> {
  const { rows } = await sql<HubRow>`
    select ${hubColumns} from hubs h
    where h.workspace_id = ${workspaceId} and h.id = ${hubId} and h.deleted_at is null
    ${shared ? sql`for share of h` : sql`for update of h`}`.execute(db)
  return rows[0] ?? null
}

/** Newest first, one more than `limit`. */
export async function selectHubs(
  db: Db,
  workspaceId: WorkspaceId,
  { before, limit }: { before: string | null; limit: number },
): Promise<HubRow[]> {
  const { rows } = await sql<HubRow>`
    select ${hubColumns} from hubs h
    where h.workspace_id = ${workspaceId} and h.deleted_at is null ${before === null ? sql`` : sql`and h.id < ${before}`}
    order by h.id desc
    limit ${limit + 1}`.execute(db)
  return rows
}

export type HubValues = Pick<HubRow, 'enabled' | 'template_id' | 'schedule'>

/** False when another hub bears the name. */
export async function insertHub(
  db: Db,
  workspaceId: WorkspaceId,
  hub: HubValues & Pick<HubRow, 'id' | 'name' | 'campaign_id' | 'channel'>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into hubs (workspace_id, id, name, campaign_id, channel, enabled, template_id, schedule)
    values (${workspaceId}, ${hub.id}, ${hub.name}, ${hub.campaign_id}, ${hub.channel}, ${hub.enabled},
      ${hub.template_id}, ${scheduleJson(hub.schedule)}::jsonb)
    on conflict (workspace_id, name) where deleted_at is null do nothing
    returning id`.execute(db)
  return rows.length === 1
}

export async function updateHubRow(
  db: Db,
  workspaceId: WorkspaceId,
  hub: HubValues & Pick<HubRow, 'id'>,
): Promise<void> {
  await sql`
    update hubs
    set enabled = ${hub.enabled}, template_id = ${hub.template_id}, schedule = ${scheduleJson(hub.schedule)}::jsonb,
        updated_at = now()
    where workspace_id = ${workspaceId} and id = ${hub.id}`.execute(db)
}

/** A hub without lists goes; one with lists stays behind them, out of sight. */
export async function deleteHubRow(db: Db, workspaceId: WorkspaceId, hubId: string): Promise<void> {
  const { rows } = await sql`
    delete from hubs h
    where h.workspace_id = ${workspaceId} and h.id = ${hubId}
      and not exists (select 1 from lists l where l.workspace_id = h.workspace_id and l.hub_id = h.id)
    returning h.id`.execute(db)
  if (rows.length > 0) return
  await sql`
    update hubs set deleted_at = now(), enabled = false
    where workspace_id = ${workspaceId} and id = ${hubId}`.execute(db)
}

/** Lists that could still be sent one day, were the hub not deleted. */
export async function selectUnfinishedLists(
  db: Db,
  workspaceId: WorkspaceId,
  hubId: string,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from lists
    where workspace_id = ${workspaceId} and hub_id = ${hubId} and not state in ('finished', 'cancelled')
    order by id`.execute(db)
  return rows.map((row) => row.id)
}

function scheduleJson(schedule: WeeklySchedule | null): string | null {
  return schedule === null ? null : JSON.stringify(schedule)
}

import { sql } from 'kysely'
import type { ScheduleException, WeeklySchedule, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

export interface CampaignRow {
  id: string
  name: string
  number_id: string
  time_zone: string
  schedule: WeeklySchedule
  exceptions: ScheduleException[]
  template_ids: string[]
  created_at: Date
  updated_at: Date
}

const campaignColumns = sql`
  c.id, c.name, c.number_id, c.time_zone, c.schedule, c.exceptions, c.created_at, c.updated_at,
  coalesce((
    select jsonb_agg(t.template_id order by t.template_id)
    from campaign_templates t where t.workspace_id = c.workspace_id and t.campaign_id = c.id
  ), '[]') as template_ids`

export async function selectCampaign(
  db: Db,
  workspaceId: WorkspaceId,
  campaignId: string,
): Promise<CampaignRow | null> {
  const { rows } = await sql<CampaignRow>`
    select ${campaignColumns} from campaigns c
    where c.workspace_id = ${workspaceId} and c.id = ${campaignId}`.execute(db)
  return rows[0] ?? null
}

/** Newest first, one more than `limit`; `before` is the id of the last campaign of the page before. */
export async function selectCampaigns(
  db: Db,
  workspaceId: WorkspaceId,
  { before, limit }: { before: string | null; limit: number },
): Promise<CampaignRow[]> {
  const { rows } = await sql<CampaignRow>`
    select ${campaignColumns} from campaigns c
    where c.workspace_id = ${workspaceId} ${before === null ? sql`` : sql`and c.id < ${before}`}
    order by c.id desc
    limit ${limit + 1}`.execute(db)
  return rows
}

export type CampaignValues = Pick<CampaignRow, 'name' | 'time_zone' | 'schedule' | 'exceptions'>

/** False when another campaign bears the name. */
export async function insertCampaign(
  db: Db,
  workspaceId: WorkspaceId,
  campaign: CampaignValues & { id: string; number_id: string },
): Promise<boolean> {
  const { rows } = await sql`
    insert into campaigns (workspace_id, id, name, number_id, time_zone, schedule, exceptions)
    values (${workspaceId}, ${campaign.id}, ${campaign.name}, ${campaign.number_id}, ${campaign.time_zone},
      ${JSON.stringify(campaign.schedule)}::jsonb, ${JSON.stringify(campaign.exceptions)}::jsonb)
    on conflict (workspace_id, name) do nothing
    returning id`.execute(db)
  return rows.length === 1
}

export async function updateCampaignRow(
  db: Db,
  workspaceId: WorkspaceId,
  campaign: CampaignValues & { id: string },
): Promise<void> {
  await sql`
    update campaigns
    set name = ${campaign.name}, time_zone = ${campaign.time_zone}, updated_at = now(),
        schedule = ${JSON.stringify(campaign.schedule)}::jsonb, exceptions = ${JSON.stringify(campaign.exceptions)}::jsonb
    where workspace_id = ${workspaceId} and id = ${campaign.id}`.execute(db)
}

export async function isNameTaken(
  db: Db,
  workspaceId: WorkspaceId,
  { name, except }: { name: string; except: string },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from campaigns
    where workspace_id = ${workspaceId} and name = ${name} and id <> ${except}`.execute(db)
  return rows.length > 0
}

export async function replaceTemplates(
  db: Db,
  workspaceId: WorkspaceId,
  { campaignId, templateIds }: { campaignId: string; templateIds: readonly string[] },
): Promise<void> {
  await sql`
    delete from campaign_templates
    where workspace_id = ${workspaceId} and campaign_id = ${campaignId}
      and not template_id = any (${[...templateIds]}::text[])`.execute(db)
  await sql`
    insert into campaign_templates (workspace_id, campaign_id, template_id)
    select ${workspaceId}, ${campaignId}, unnest(${[...templateIds]}::text[])
    on conflict do nothing`.execute(db)
}

/** Fails with a foreign key violation while hubs, which this room knows nothing of, belong to the campaign. */
export async function deleteCampaignRow(db: Db, workspaceId: WorkspaceId, campaignId: string): Promise<void> {
  await sql`delete from campaigns where workspace_id = ${workspaceId} and id = ${campaignId}`.execute(db)
}

export interface CampaignNumber {
  connector_id: string
  connected: boolean
}

export async function selectNumber(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: string,
): Promise<CampaignNumber | null> {
  const { rows } = await sql<CampaignNumber>`
    select connector_id, connected from numbers
    where workspace_id = ${workspaceId} and id = ${numberId}`.execute(db)
  return rows[0] ?? null
}

export interface CampaignTemplate {
  id: string
  connector_id: string
  status: string
}

export async function selectTemplates(
  db: Db,
  workspaceId: WorkspaceId,
  templateIds: readonly string[],
): Promise<CampaignTemplate[]> {
  const { rows } = await sql<CampaignTemplate>`
    select id, connector_id, status from templates
    where workspace_id = ${workspaceId} and id = any (${[...templateIds]}::text[])`.execute(db)
  return rows
}

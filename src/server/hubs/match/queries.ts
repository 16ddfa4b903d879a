import { sql } from 'kysely'
import type { ListMatch, ListState, WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'

export async function updateProgress(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, progress }: { listId: string; progress: number },
): Promise<void> {
  await sql`
    update lists set import_progress = ${progress}
    where workspace_id = ${workspaceId} and id = ${listId}`.execute(db)
}

/** The rows stand for this match now; a list that was only waiting for that becomes ready. */
export async function updateChecked(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, checked, refused }: { listId: string; checked: ListMatch; refused: number },
): Promise<void> {
  await sql`
    update lists
    set checked_match = ${JSON.stringify(checked)}::jsonb, rows_refused = ${refused}, import_progress = 1,
        state = case when state = 'importing' then 'ready' else state end
    where workspace_id = ${workspaceId} and id = ${listId}`.execute(db)
}

export interface ChosenMatch {
  match: ListMatch
  template_id: string | null
  starts_at: Date | null
  state: ListState
}

export async function updateMatch(
  db: Db,
  workspaceId: WorkspaceId,
  listId: string,
  chosen: ChosenMatch,
): Promise<void> {
  await sql`
    update lists
    set match = ${JSON.stringify(chosen.match)}::jsonb, template_id = ${chosen.template_id},
        starts_at = ${chosen.starts_at}, state = ${chosen.state}, version = version + 1, import_progress = 0
    where workspace_id = ${workspaceId} and id = ${listId}`.execute(db)
}

/** The match of the hub's newest list with the same columns. */
export async function selectRememberedMatch(
  db: Db,
  workspaceId: WorkspaceId,
  { hubId, columns }: { hubId: string; columns: readonly string[] },
): Promise<ListMatch | null> {
  const { rows } = await sql<{ match: ListMatch }>`
    select match from lists
    where workspace_id = ${workspaceId} and hub_id = ${hubId} and match is not null
      and columns = ${JSON.stringify(columns)}::jsonb
    order by id desc
    limit 1`.execute(db)
  return rows[0]?.match ?? null
}

/** Whether a template is among those of the campaign: a list may use no other. */
export async function isTemplateEnabled(
  db: Db,
  workspaceId: WorkspaceId,
  { campaignId, templateId }: { campaignId: string; templateId: string },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from campaign_templates
    where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and template_id = ${templateId}`.execute(
    db,
  )
  return rows.length > 0
}

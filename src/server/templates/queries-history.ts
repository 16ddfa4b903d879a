import { sql } from 'kysely'
import type { WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { TemplateChange } from './template-changes.ts'

export async function insertTemplateChanges(
  db: Db,
  workspaceId: WorkspaceId,
  templateId: string,
  {
    changes,
    at,
    inboundLogId,
  }: { changes: readonly TemplateChange[]; at: Date; inboundLogId: string | null },
): Promise<void> {
  await sql`
    insert into template_changes (workspace_id, id, template_id, topic, step, previous, value, reason, takes_effect_at, at,
      inbound_log_id)
    select ${workspaceId}, parley_id('tch'), ${templateId}, topic, step, previous, value, reason, takes_effect_at, ${at},
      ${inboundLogId}
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c(
      topic text, step text, previous text, value text, reason text, takes_effect_at timestamptz)`.execute(db)
}

/** The category that was announced; null when it has come, or is no longer to come. */
export async function updateComingCategory(
  db: Db,
  workspaceId: WorkspaceId,
  templateId: string,
  coming: { category: string; at: Date | null } | null,
): Promise<void> {
  await sql`
    update templates set coming_category = ${coming?.category ?? null}, coming_category_at = ${coming?.at ?? null}
    where workspace_id = ${workspaceId} and id = ${templateId}`.execute(db)
}

export interface TemplateChangeRow extends TemplateChange {
  id: string
  at: Date
  inbound_log_id: string | null
}

/** Newest first, one more than `limit`. */
export async function selectTemplateChanges(
  db: Db,
  workspaceId: WorkspaceId,
  templateId: string,
  { before, limit }: { before: string | null; limit: number },
): Promise<TemplateChangeRow[]> {
  const { rows } = await sql<TemplateChangeRow>`
    select id, topic, step, previous, value, reason, takes_effect_at, at, inbound_log_id from template_changes
    where workspace_id = ${workspaceId} and template_id = ${templateId}
      ${before === null ? sql`` : sql`and id < ${before}`}
    order by id desc
    limit ${limit + 1}`.execute(db)
  return rows
}

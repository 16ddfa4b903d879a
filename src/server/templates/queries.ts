import { sql } from 'kysely'
import type { CreateTemplate, TemplateQuery, TemplateStatus, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { readComponents, type TemplateRow } from './template.ts'

type StoredRow = Omit<TemplateRow, 'components'> & { components: unknown }

function read(row: StoredRow): TemplateRow {
  return { ...row, components: readComponents(row.components) }
}

/** null when this workspace has no such template. */
export async function getTemplate(
  db: Db,
  workspaceId: WorkspaceId,
  templateId: string,
): Promise<TemplateRow | null> {
  const { rows } = await sql<StoredRow>`
    select * from templates where workspace_id = ${workspaceId} and id = ${templateId}`.execute(db)
  return rows[0] ? read(rows[0]) : null
}

/** null when the connector has a template of this name and language already. */
export async function insertDraft(
  db: Db,
  workspaceId: WorkspaceId,
  { connector_id, name, language, category, parameter_format, components }: CreateTemplate,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into templates (workspace_id, id, connector_id, name, language, category, status, parameter_format, components)
    values (${workspaceId}, parley_id('tpl'), ${connector_id}, ${name}, ${language}, ${category}, 'DRAFT',
      ${parameter_format}, ${JSON.stringify(components)}::jsonb)
    on conflict do nothing
    returning id`.execute(db)
  return rows[0]?.id ?? null
}

/** False when it is no draft any more. */
export async function updateSubmitted(
  db: Db,
  workspaceId: WorkspaceId,
  { id, external_id, status, category }: Pick<TemplateRow, 'id' | 'external_id' | 'status' | 'category'>,
): Promise<boolean> {
  const { rows } = await sql`
    update templates set external_id = ${external_id}, status = ${status}, category = ${category}, updated_at = now()
    where workspace_id = ${workspaceId} and id = ${id} and status = 'DRAFT'
    returning id`.execute(db)
  return rows.length > 0
}

/** By name and language, as the send API names a template. */
export async function findTemplate(
  db: Db,
  workspaceId: WorkspaceId,
  connectorId: string,
  { name, language }: { name: string; language: string },
): Promise<TemplateRow | null> {
  const { rows } = await sql<StoredRow>`
    select * from templates
    where workspace_id = ${workspaceId} and connector_id = ${connectorId}
      and name = ${name} and language = ${language}`.execute(db)
  return rows[0] ? read(rows[0]) : null
}

/** Newest first, one more than `limit`; `before` is the id of the last template of the page before. */
export async function selectTemplates(
  db: Db,
  workspaceId: WorkspaceId,
  query: Pick<TemplateQuery, 'connector_id' | 'status' | 'search' | 'limit'> & { before: string | null },
): Promise<TemplateRow[]> {
  const { connector_id, status, search, before, limit } = query
  const pattern = search === undefined ? null : `%${search.replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<StoredRow>`
    select * from templates
    where workspace_id = ${workspaceId}
      ${before === null ? sql`` : sql`and id < ${before}`}
      ${connector_id === undefined ? sql`` : sql`and connector_id = ${connector_id}`}
      ${status === undefined ? sql`and status <> 'DELETED'` : sql`and status = ${status}`}
      ${pattern === null ? sql`` : sql`and (name ilike ${pattern} or components::text ilike ${pattern})`}
    order by id desc
    limit ${limit + 1}`.execute(db)
  return rows.map(read)
}

/** False when its state is another one by now. */
export async function updateEdited(
  db: Db,
  workspaceId: WorkspaceId,
  before: TemplateRow,
  after: Pick<TemplateRow, 'status' | 'category' | 'components' | 'rejected_reason'>,
): Promise<boolean> {
  const { rows } = await sql`
    update templates set status = ${after.status}, category = ${after.category}, rejected_reason = ${after.rejected_reason},
      components = ${JSON.stringify(after.components)}::jsonb, updated_at = now()
    where workspace_id = ${workspaceId} and id = ${before.id} and status = ${before.status}
    returning 1`.execute(db)
  return rows.length > 0
}

export async function deleteDraft(db: Db, workspaceId: WorkspaceId, id: string): Promise<void> {
  await sql`
    delete from templates where workspace_id = ${workspaceId} and id = ${id} and status = 'DRAFT'`.execute(db)
}

/**
 * The rows a review is about, locked until the transaction ends. By the provider's id in every connector of the
 * workspace, as numbers of one account share its templates but not always the connector that hears of them; by name
 * and language only where an id is missing, because a name may belong to a new template by now.
 */
export async function lockReviewedTemplates(
  db: Db,
  workspaceId: WorkspaceId,
  connectorId: string,
  template: { external_id: string | null; name: string; language: string | null },
): Promise<TemplateRow[]> {
  const { external_id, name, language } = template
  const { rows } = await sql<StoredRow>`
    select * from templates
    where workspace_id = ${workspaceId}
      and (external_id = ${external_id}
        or (connector_id = ${connectorId} and name = ${name} and language = ${language}
          and (external_id is null or ${external_id}::text is null)))
    order by id
    for update`.execute(db)
  return rows.map(read)
}

export interface ReviewedValues {
  status: TemplateStatus
  rejected_reason: string | null
  category: string
  quality: string | null
  /** Marks of webhooks already taken, see `reviews.ts`. */
  reviews: unknown
}

export async function updateReviewed(
  db: Db,
  workspaceId: WorkspaceId,
  templateId: string,
  values: ReviewedValues,
): Promise<void> {
  const { status, rejected_reason, category, quality, reviews } = values
  await sql`
    update templates
    set status = ${status}, rejected_reason = ${rejected_reason}, category = ${category}, quality = ${quality},
        reviews = ${JSON.stringify(reviews)}::jsonb, updated_at = now()
    where workspace_id = ${workspaceId} and id = ${templateId}`.execute(db)
}

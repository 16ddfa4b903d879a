import { sql } from 'kysely'
import type { TemplateStatus, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

/** A template as the provider has it now, with a state of ours. */
export interface SyncedTemplate {
  external_id: string
  name: string
  language: string
  category: string
  status: TemplateStatus
  rejected_reason: string | null
  quality: string | null
  parameter_format: string
  components: unknown[]
}

export interface SyncChange {
  id: string
  external_id: string | null
  name: string
  language: string
  /** null: the template is new here. */
  before: { status: string; category: string; quality: string | null; rejected_reason: string | null } | null
  status: string
  category: string
  quality: string | null
  rejected_reason: string | null
}

/**
 * Takes over a page of the provider's list and returns what is different now. Ids stay: a template is known by
 * connector, name and language. Rows that are the same are not written.
 */
export async function upsertTemplates(
  db: Db,
  workspaceId: WorkspaceId,
  connectorId: string,
  templates: readonly SyncedTemplate[],
): Promise<SyncChange[]> {
  if (templates.length === 0) return []
  const { rows } = await sql<SyncChange>`
    with listed as (
      select distinct on (name, language) *
      from jsonb_to_recordset(${JSON.stringify(templates)}::jsonb) as l(
        external_id text, name text, language text, category text, status text, rejected_reason text,
        quality text, parameter_format text, components jsonb)
      order by name, language, external_id desc
    ), known as (
      select t.id, t.name, t.language,
             jsonb_build_object('status', t.status, 'category', t.category, 'quality', t.quality,
               'rejected_reason', t.rejected_reason) as before
      from templates t join listed l using (name, language)
      where t.workspace_id = ${workspaceId} and t.connector_id = ${connectorId}
    ), written as (
      insert into templates as t (workspace_id, id, connector_id, external_id, name, language, category, status,
        rejected_reason, quality, parameter_format, components)
      select ${workspaceId}, parley_id('tpl'), ${connectorId}, external_id, name, language, category, status,
        rejected_reason, quality, parameter_format, components
      from listed
      on conflict (workspace_id, connector_id, name, language) do update
      set external_id = excluded.external_id, category = excluded.category, status = excluded.status,
          rejected_reason = excluded.rejected_reason, quality = excluded.quality,
          parameter_format = excluded.parameter_format, components = excluded.components, updated_at = now()
      where (t.external_id, t.category, t.status, t.rejected_reason, t.quality, t.parameter_format, t.components)
        is distinct from (excluded.external_id, excluded.category, excluded.status, excluded.rejected_reason,
          excluded.quality, excluded.parameter_format, excluded.components)
      returning t.id, t.external_id, t.name, t.language, t.status, t.category, t.quality, t.rejected_reason
    )
    select w.*, k.before
    from written w left join known k using (id)`.execute(db)
  return rows
}

/**
 * Templates of the connector that the provider no longer lists become DELETED. Rows changed since the listing
 * began are left alone: they may be newer than the list.
 */
export async function markGoneTemplates(
  db: Db,
  workspaceId: WorkspaceId,
  connectorId: string,
  { externalIds, listedSince }: { externalIds: readonly string[]; listedSince: Date },
): Promise<SyncChange[]> {
  const { rows } = await sql<SyncChange>`
    with gone as (
      select id, status, category, quality, rejected_reason from templates
      where workspace_id = ${workspaceId} and connector_id = ${connectorId}
        and external_id is not null and status <> 'DELETED' and updated_at < ${listedSince}
        and external_id <> all (${externalIds})
      for update
    )
    update templates t
    set status = 'DELETED', updated_at = now()
    from gone g
    where t.workspace_id = ${workspaceId} and t.id = g.id
    returning t.id, t.external_id, t.name, t.language, t.status, t.category, t.quality, t.rejected_reason,
      jsonb_build_object('status', g.status, 'category', g.category, 'quality', g.quality,
        'rejected_reason', g.rejected_reason) as before`.execute(db)
  return rows
}

/** The database's clock, against which `updated_at` is compared. */
export async function readDatabaseTime(db: Db): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(db)
  return rows[0]?.at ?? new Date(0)
}

import { sql } from 'kysely'
import type { WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'

/** Locked in the order of their ids, as everywhere. Returns how many were made in this transaction. */
export async function lockAndCountNew(
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<number> {
  const { rows } = await sql<{ is_new: boolean }>`
    select created_at = now() as is_new from contacts
    where workspace_id = ${workspaceId} and id = any (${[...ids]}::text[])
    order by id for no key update`.execute(db)
  return rows.filter(({ is_new }) => is_new).length
}

export interface Details {
  id: string
  name: string | null
  attributes: Record<string, string>
}

/** Filled cells replace what there was; `keepKnown` leaves those alone that were there before. Returns how many of those changed. */
export async function updateDetails(
  db: Db,
  workspaceId: WorkspaceId,
  details: readonly Details[],
  { keepKnown }: { keepKnown: boolean },
): Promise<number> {
  const { rows } = await sql<{ is_new: boolean }>`
    update contacts c set
      name = coalesce(told.name, c.name),
      told = case when told.name is null then c.told else c.told - 'name' end,
      attributes = c.attributes || told.attributes::jsonb,
      updated_at = now()
    from unnest(${details.map(({ id }) => id)}::text[], ${details.map(({ name }) => name)}::text[],
      ${details.map(({ attributes }) => JSON.stringify(attributes))}::text[]) as told (id, name, attributes)
    where c.workspace_id = ${workspaceId} and c.id = told.id
      and (c.created_at = now() or not ${keepKnown}::boolean)
      and ((told.name is not null and told.name is distinct from c.name) or not c.attributes @> told.attributes::jsonb)
    returning c.created_at = now() as is_new`.execute(db)
  return rows.filter(({ is_new }) => !is_new).length
}

export interface ImportedOptOut {
  contact_id: string
  row_number: number
  mark: string
}

export async function insertOptOuts(
  db: Db,
  workspaceId: WorkspaceId,
  optOuts: readonly ImportedOptOut[],
  by: { importId: string; scope: 'all' | 'marketing'; actorId: string; at: Date },
): Promise<void> {
  if (optOuts.length === 0) return
  const { rows } = await sql<{ contact_id: string }>`
    insert into consent_changes (workspace_id, id, contact_id, scope, opted_out, source, actor_id, evidence, mark, at)
    select ${workspaceId}, parley_id('cns'), contact_id, ${by.scope}, true, 'import', ${by.actorId},
      jsonb_build_object('import_id', ${by.importId}::text, 'row_number', row_number), mark, ${by.at}
    from unnest(${optOuts.map((one) => one.contact_id)}::text[], ${optOuts.map((one) => one.row_number)}::int[],
      ${optOuts.map((one) => one.mark)}::text[]) as told (contact_id, row_number, mark)
    on conflict do nothing
    returning contact_id`.execute(db)
  const ids = rows.map(({ contact_id }) => contact_id)
  await sql`
    select settle_consent(${workspaceId}, id) from (select distinct unnest(${ids}::text[]) as id) as told`.execute(
    db,
  )
}

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

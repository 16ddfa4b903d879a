import { sql } from 'kysely'
import type { WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'

export interface ListKey {
  workspace_id: WorkspaceId
  id: string
}

export async function selectDueLists(db: Db): Promise<ListKey[]> {
  const { rows } = await sql<ListKey>`
    select workspace_id, id from lists where state = 'scheduled' and starts_at <= now()
    order by starts_at
    limit 100`.execute(db)
  return rows
}

export async function selectUnexpandedLists(db: Db): Promise<ListKey[]> {
  const { rows } = await sql<ListKey>`
    select workspace_id, id from lists where state = 'running' and expanded_at is null order by id`.execute(
    db,
  )
  return rows
}

export async function updateExpanded(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, to, complete }: { listId: string; to: string | null; complete: boolean },
): Promise<void> {
  await sql`
    update lists
    set expanded_to = coalesce(${to}, expanded_to), expanded_at = ${complete ? sql`now()` : sql`expanded_at`}
    where workspace_id = ${workspaceId} and id = ${listId}`.execute(db)
}

/** Which of these contacts have a message in the list. */
export async function selectContactsInList(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, ids }: { listId: string; ids: readonly string[] },
): Promise<string[]> {
  const { rows } = await sql<{ contact_id: string }>`
    select c.id as contact_id from unnest(${[...ids]}::text[]) as c(id)
    where exists (
      select from messages m
      where m.workspace_id = ${workspaceId} and m.contact_id = c.id and m.list_id = ${listId})`.execute(db)
  return rows.map(({ contact_id }) => contact_id)
}

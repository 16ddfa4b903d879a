import { sql } from 'kysely'
import type { WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

interface UserIdNews {
  contact_id: string
  phone: string
  user_id: string
  /** ISO 8601. */
  at: string | null
}

/** Of people who still have the phone and no user id; `is_taken`: somebody else has it, or had it once. */
export async function selectUserIdsToLearn(
  db: Db,
  workspaceId: WorkspaceId,
  told: readonly UserIdNews[],
): Promise<(UserIdNews & { is_taken: boolean })[]> {
  const { rows } = await sql<UserIdNews & { is_taken: boolean }>`
    select distinct on (t.user_id) t.contact_id, t.phone, t.user_id, t.at,
      exists (select from contacts o where o.workspace_id = ${workspaceId} and o.user_id = t.user_id)
        or exists (select from contact_changes h
          where h.workspace_id = ${workspaceId} and h.kind = 'user_id' and h.previous = t.user_id) as is_taken
    from jsonb_to_recordset(${JSON.stringify(told)}::jsonb)
      as t(contact_id text, phone text, user_id text, at text)
    join contacts c on c.workspace_id = ${workspaceId} and c.id = t.contact_id
    where c.user_id is null and c.phone = t.phone
    order by t.user_id, t.at desc nulls last`.execute(db)
  return rows
}

/** Waits for nobody: who is locked is left out. */
export async function giveUserIds(
  db: Db,
  workspaceId: WorkspaceId,
  news: readonly UserIdNews[],
): Promise<void> {
  await sql`
    with told as (
      select distinct on (contact_id) *
      from jsonb_to_recordset(${JSON.stringify(news)}::jsonb)
        as t(contact_id text, phone text, user_id text, at text)
      order by contact_id, at desc nulls last
    ),
    free as (
      select c.id, t.user_id, t.at from contacts c join told t on t.contact_id = c.id
      where c.workspace_id = ${workspaceId} and c.user_id is null and c.phone = t.phone
      for no key update of c skip locked
    )
    update contacts c set user_id = f.user_id, updated_at = now(),
      told = case when f.at is null then told else told || jsonb_build_object('user_id', f.at) end
    from free f where c.workspace_id = ${workspaceId} and c.id = f.id`.execute(db)
}

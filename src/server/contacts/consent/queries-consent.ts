import { sql } from 'kysely'
import type { ConsentScope, WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'

/** `person` and `api`: recorded by somebody of the workspace or a program, who were told elsewhere. */
export type ConsentSource = 'keyword' | 'whatsapp' | 'gupshup' | 'person' | 'api' | 'import'

export interface NewConsent {
  contact_id: string
  scope: ConsentScope
  opted_out: boolean
  source: ConsentSource
  /** The number it was said to. */
  number_id: string | null
  /** Who recorded it, when it was not the person. */
  actor_id: string | null
  /** `reason` and `by` are shown to people. */
  evidence: Record<string, unknown>
  /** What was told before under the same mark is not kept again; null for an act, which is always one of its own. */
  mark: string | null
  at: Date
}

/** Returns whose changes are new: those told before are left out. */
export async function insertConsents(
  db: Db,
  workspaceId: WorkspaceId,
  changes: readonly NewConsent[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ contact_id: string }>`
    insert into consent_changes
      (workspace_id, id, contact_id, scope, opted_out, source, number_id, actor_id, evidence, mark, at)
    select ${workspaceId}, parley_id('cns'), contact_id, scope, opted_out, source, number_id, actor_id, evidence, mark, at
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as told(
      contact_id text, scope text, opted_out boolean, source text, number_id text, actor_id text, evidence jsonb,
      mark text, at timestamptz)
    on conflict do nothing
    returning contact_id`.execute(db)
  return new Set(rows.map(({ contact_id }) => contact_id))
}

export interface Standing {
  id: string
  phone: string | null
  user_id: string | null
  opted_out_all_at: Date | null
  opted_out_marketing_at: Date | null
}

/** How these people stand just now; locked in the order of their ids, as everywhere. */
export async function lockStandings(
  db: Db,
  workspaceId: WorkspaceId,
  contactIds: readonly string[],
): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select id, phone, user_id, opted_out_all_at, opted_out_marketing_at from contacts
    where workspace_id = ${workspaceId} and id = any (${[...contactIds]}::text[])
    order by id for no key update`.execute(db)
  return rows
}

/** Works out anew how they stand, from all that was ever said. */
export async function settleConsents(
  db: Db,
  workspaceId: WorkspaceId,
  contactIds: readonly string[],
): Promise<void> {
  await sql`
    select settle_consent(${workspaceId}, id) from unnest(${[...contactIds]}::text[]) as told (id)`.execute(
    db,
  )
}

/** When a person last said anything about our messages, or somebody recorded it. */
export async function selectLastSaidAt(
  db: Db,
  workspaceId: WorkspaceId,
  contactId: string,
): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select max(at) as at from consent_changes
    where workspace_id = ${workspaceId} and contact_id = ${contactId}`.execute(db)
  return rows[0]?.at ?? null
}

export async function selectNumberNames(
  db: Db,
  workspaceId: WorkspaceId,
  numberIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (numberIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select id, coalesce(nullif(verified_name, ''), display_phone_number) as name from numbers
    where workspace_id = ${workspaceId} and id = any (${[...numberIds]}::text[])`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

import { sql } from 'kysely'
import type { UpdateConsentSettings, WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'

export type ConsentSettingsRow = UpdateConsentSettings & { updated_at: Date }

export async function selectConsentSettings(
  db: Db,
  workspaceId: WorkspaceId,
): Promise<ConsentSettingsRow | null> {
  const { rows } = await sql<ConsentSettingsRow>`
    select stop_words, start_words, stop_confirmation, start_confirmation, updated_at
    from consent_settings where workspace_id = ${workspaceId}`.execute(db)
  return rows[0] ?? null
}

export async function upsertConsentSettings(
  db: Db,
  workspaceId: WorkspaceId,
  settings: UpdateConsentSettings,
): Promise<void> {
  await sql`
    insert into consent_settings as s (workspace_id, stop_words, start_words, stop_confirmation, start_confirmation)
    values (${workspaceId}, ${settings.stop_words}, ${settings.start_words}, ${settings.stop_confirmation},
      ${settings.start_confirmation})
    on conflict (workspace_id) do update set
      stop_words = excluded.stop_words, start_words = excluded.start_words,
      stop_confirmation = excluded.stop_confirmation, start_confirmation = excluded.start_confirmation,
      updated_at = now()`.execute(db)
}

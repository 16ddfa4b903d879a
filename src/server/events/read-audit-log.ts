import { type AuditEntry, auditEntry, type WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { selectAudit } from './queries.ts'

/** Newest first; `before` is the id of the last entry of the page before. */
export async function readAuditLog(
  db: Db,
  workspaceId: WorkspaceId,
  options: { before: string | null; limit: number },
): Promise<AuditEntry[]> {
  const rows = await selectAudit(db, workspaceId, options)
  return rows.map((row) =>
    auditEntry.parse({
      ...row,
      at: row.at.toISOString(),
      actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    }),
  )
}

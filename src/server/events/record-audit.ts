import type { AuditAction } from '../../contract/index.ts'
import type { Actor, Db } from '../platform/index.ts'
import { insertAudit } from './queries.ts'

export interface AuditEntry {
  action: AuditAction
  subject_id?: string
  subject_name?: string
  /** The fields that changed; never a secret, not even sealed. */
  before?: unknown
  after?: unknown
}

/** Writes an administrative act into the audit log, in the transaction of the act. */
export async function recordAudit(db: Db, actor: Actor, entry: AuditEntry): Promise<void> {
  await insertAudit(db, actor.workspaceId, {
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
    action: entry.action,
    subject_id: entry.subject_id ?? null,
    subject_name: entry.subject_name ?? null,
    before: entry.before,
    after: entry.after,
  })
}

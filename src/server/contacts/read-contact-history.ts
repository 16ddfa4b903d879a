import { type ContactHistory, type ContactId, contactHistory } from '../../contract/index.ts'
import type { Actor, Ctx } from '../platform/index.ts'
import { getContact } from './get-contact.ts'
import { selectConsent, selectContactChanges } from './queries-history.ts'

/** What became of a contact: consent and identity, newest first. Throws not_found. */
export async function readContactHistory(ctx: Ctx, actor: Actor, id: ContactId): Promise<ContactHistory> {
  await getContact(ctx, actor, id)
  const { workspaceId } = actor
  return await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const consent = await selectConsent(tx, workspaceId, id)
    const identity = await selectContactChanges(tx, workspaceId, id)
    const withTime = <Row extends { at: Date }>(row: Row) => ({ ...row, at: row.at.toISOString() })
    return contactHistory.parse({ consent: consent.map(withTime), identity: identity.map(withTime) })
  })
}

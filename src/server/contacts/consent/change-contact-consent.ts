import type { ChangeConsent, Contact, ContactId } from '../../../contract/index.ts'
import { recordAudit } from '../../events/index.ts'
import type { Actor, Ctx } from '../../platform/index.ts'
import { contactNotFound } from '../get-contact.ts'
import { presentContact } from '../present-contact.ts'
import { selectContact } from '../queries.ts'
import { selectLastSaidAt } from './queries-consent.ts'
import { recordConsents } from './record-consents.ts'
import { tellConsents } from './tell-consents.ts'

/**
 * Somebody of the workspace, or a program, records what the person told them elsewhere. It holds from the next claim of
 * the lanes on. Recorded also when the person stands so already: it is evidence; then no event follows. Throws not_found.
 */
export async function changeContactConsent(
  ctx: Ctx,
  actor: Actor,
  id: ContactId,
  { opted_out, scope, reason }: ChangeConsent & { opted_out: boolean },
): Promise<Contact> {
  const { workspaceId } = actor
  const row = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const known = await selectContact(tx, workspaceId, id)
    if (!known) throw contactNotFound()
    const { turns } = await recordConsents(tx, workspaceId, [
      {
        contact_id: id,
        scope,
        opted_out,
        source: actor.kind === 'person' ? 'person' : 'api',
        number_id: null,
        actor_id: actor.id,
        evidence: { ...(reason ? { reason } : {}), by: actor.name },
        mark: null,
        at: after(await selectLastSaidAt(tx, workspaceId, id), ctx.clock.now()),
      },
    ])
    await tellConsents(tx, workspaceId, turns)
    // The entry outlives the person: the reason, which may tell of them, stays with the contact.
    const action = opted_out ? 'contact.opted_out' : 'contact.opted_in'
    await recordAudit(tx, actor, { action, subject_id: id, after: { scope } })
    return (await selectContact(tx, workspaceId, id)) ?? known
  })
  ctx.live.changed(workspaceId, { topic: 'contact', id })
  return presentContact(row)
}

/** An act counts after all that was said, also where a provider's clock runs ahead of ours. */
function after(last: Date | null, now: Date): Date {
  return last === null || last < now ? now : new Date(last.getTime() + 1)
}

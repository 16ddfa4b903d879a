import type { ConsentScope, NumberId, WorkspaceId } from '../../../contract/index.ts'
import type { Ctx } from '../../platform/index.ts'
import type { PreferenceFact } from '../../providers/index.ts'
import { markOf } from '../mark.ts'
import { upsertContact } from '../upsert-contact.ts'
import { recordConsents } from './record-consents.ts'
import { tellConsents } from './tell-consents.ts'

/** `kept`: it concerns nothing that we send. */
export type PreferenceOutcome = 'applied' | 'repeat' | 'kept'

interface Told {
  numberId: NumberId | null
  fact: PreferenceFact
  inboundLogId: string | null
}

/**
 * Somebody told WhatsApp, or Gupshup, that they want no more of our messages, or want them again: kept with source and
 * time, and told to customers when it changes how the person stands. The order in which such news come makes no difference.
 */
export async function applyPreference(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  { numberId, fact, inboundLogId }: Told,
): Promise<PreferenceOutcome> {
  const scope = scopeOf(fact)
  if (scope === null || (fact.value !== 'stop' && fact.value !== 'resume')) return 'kept'
  if (fact.phone === null && fact.user_id === null) return 'kept'
  const at = fact.at ?? ctx.clock.now()
  const { phone, user_id, category, value } = fact
  const applied = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const { id } = await upsertContact(tx, workspaceId, { phone, user_id, source: 'inbound', at: fact.at })
    const { isNew, turns } = await recordConsents(tx, workspaceId, [
      {
        contact_id: id,
        scope,
        opted_out: value === 'stop',
        source: scope === 'all' ? 'gupshup' : 'whatsapp',
        number_id: numberId,
        actor_id: null,
        evidence: { category, value, inbound_log_id: inboundLogId },
        mark: markOf(['preference', phone, user_id, category, value, fact.at]),
        at,
      },
    ])
    // Under the phone and user id that were told: by these the webhook is found again.
    const told = turns.map((turn) => ({ ...turn, phone, user_id }))
    await tellConsents(tx, workspaceId, told)
    return isNew.has(id) ? id : null
  })
  if (applied === null) return 'repeat'
  ctx.live.changed(workspaceId, { topic: 'contact', id: applied })
  return 'applied'
}

/** Meta knows one category so far; Gupshup's older events name none. */
function scopeOf({ category }: PreferenceFact): ConsentScope | null {
  if (category === 'all') return 'all'
  return category === 'marketing_messages' || category === 'marketing' ? 'marketing' : null
}

import type { NumberId, WorkspaceId } from '../../../contract/index.ts'
import { appendEvent } from '../../events/index.ts'
import type { Ctx, Db } from '../../platform/index.ts'
import type { PreferenceFact } from '../../providers/index.ts'
import { markOf } from '../mark.ts'
import { insertConsent, selectNumberName, settleConsent } from '../queries-history.ts'
import { upsertContact } from '../upsert-contact.ts'
import { type ConsentScope, type ConsentTurn, turnOf } from './consent-turn.ts'

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
  const mark = markOf(['preference', phone, user_id, category, value, fact.at])
  const applied = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const { id } = await upsertContact(tx, workspaceId, { phone, user_id, source: 'inbound', at: fact.at })
    const isNew = await insertConsent(tx, workspaceId, {
      contact_id: id,
      scope,
      opted_out: value === 'stop',
      source: scope === 'all' ? 'gupshup' : 'whatsapp',
      number_id: numberId,
      evidence: { category, value, inbound_log_id: inboundLogId },
      mark,
      at,
    })
    if (!isNew) return null
    const turn = turnOf(scope, await settleConsent(tx, workspaceId, id))
    if (turn !== null && numberId !== null)
      await tell(tx, workspaceId, { ...turn, scope, at, inboundLogId, numberId, fact, contactId: id })
    return id
  })
  if (applied === null) return 'repeat'
  ctx.live.changed(workspaceId, { topic: 'conversation', id: applied })
  return 'applied'
}

/** Meta knows one category so far; Gupshup's older events name none. */
function scopeOf({ category }: PreferenceFact): ConsentScope | null {
  if (category === 'all') return 'all'
  return category === 'marketing_messages' || category === 'marketing' ? 'marketing' : null
}

async function tell(
  db: Db,
  workspaceId: WorkspaceId,
  told: ConsentTurn & {
    scope: string
    at: Date
    inboundLogId: string | null
    numberId: NumberId
    fact: PreferenceFact
    contactId: string
  },
): Promise<void> {
  const { type, reason, scope, at, inboundLogId, numberId, fact, contactId } = told
  await appendEvent(db, workspaceId, {
    type,
    at,
    number_id: numberId,
    contact_id: contactId,
    inbound_log_id: inboundLogId,
    data: {
      instance_id: numberId,
      instance_name: (await selectNumberName(db, workspaceId, numberId)) ?? '',
      from: fact.phone === null ? null : `+${fact.phone}`,
      from_user_id: fact.user_id,
      reason,
      message_text: null,
      scope,
      contact_id: contactId,
    },
  })
}

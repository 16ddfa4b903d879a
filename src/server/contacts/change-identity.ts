import type { WorkspaceId } from '../../contract/index.ts'
import { type Ctx, type Db, ParleyError } from '../platform/index.ts'
import type { ContactChangeFact } from '../providers/index.ts'
import type { IdentityRow, Told } from './contact.ts'
import { type IdentityChanges, isOvertaken } from './identity.ts'
import { markOf } from './mark.ts'
import { phoneVariants } from './phone.ts'
import { insertContactIfNew, mergeContacts, releasePhone, updateIdentity } from './queries.ts'
import {
  hasContactChange,
  insertContactChange,
  lockContactsByAny,
  selectLaterSelf,
} from './queries-history.ts'

/** `kept`: it does not say who somebody was, or who they are. */
export type IdentityOutcome = 'applied' | 'repeat' | 'kept'

interface Changing {
  fact: ContactChangeFact
  at: Date
  rows: readonly IdentityRow[]
}

/**
 * Somebody has a new phone or a new user id: their contact takes it over, with conversations, consent and all. A record
 * that arose under the new one meanwhile is the same person and is merged; of somebody of whom nothing else came yet, one is
 * made, so that late news from before the change find them under the former phone or user id.
 */
export async function changeIdentity(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  fact: ContactChangeFact,
  inboundLogId: string | null,
): Promise<IdentityOutcome> {
  const { old_phone, new_phone, old_user_id, new_user_id } = fact
  if (!saysChange(fact)) return 'kept'
  const mark = markOf(['identity', old_phone, new_phone, old_user_id, new_user_id, fact.at])
  const at = fact.at ?? ctx.clock.now()
  const changed = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const rows = await lockContactsByAny(tx, workspaceId, idsIn(fact))
    if (await hasContactChange(tx, workspaceId, mark)) return null
    const before = await settle(tx, workspaceId, { fact, at, rows })
    const values = { phone: new_phone, user_id: new_user_id }
    await updateIdentity(tx, workspaceId, before.id, newsFor(before, values, at))
    const common = { contact_id: before.id, at, inbound_log_id: inboundLogId, mark }
    for (const one of changesIn(fact)) await insertContactChange(tx, workspaceId, { ...common, ...one })
    return before.id
  })
  if (changed === null) return 'repeat'
  ctx.live.changed(workspaceId, { topic: 'conversation', id: changed })
  return 'applied'
}

function saysChange(fact: ContactChangeFact): boolean {
  return (fact.old_phone !== null || fact.old_user_id !== null) && changesIn(fact).length > 0
}

/** What changed, as the history keeps it. */
function changesIn({ old_phone, new_phone, old_user_id, new_user_id }: ContactChangeFact) {
  const told = [
    { kind: 'phone', previous: old_phone, value: new_phone },
    { kind: 'user_id', previous: old_user_id, value: new_user_id },
  ] as const
  return told.flatMap(({ value, ...one }) =>
    value === null || value === one.previous ? [] : [{ ...one, value }],
  )
}

function idsIn({ old_phone, new_phone, old_user_id, new_user_id }: ContactChangeFact) {
  const present = (ids: readonly (string | null)[]) => ids.filter((id) => id !== null)
  return {
    phones: present([old_phone, new_phone]).flatMap(phoneVariants),
    userIds: present([old_user_id, new_user_id]),
  }
}

/** One record of all that are this person, as it was before the change. */
async function settle(db: Db, workspaceId: WorkspaceId, changing: Changing): Promise<IdentityRow> {
  const { fact, at, rows } = changing
  const { old_phone, new_phone, new_user_id } = fact
  const gone = { phone: new_phone === old_phone ? null : new_phone, user_id: new_user_id, at }
  const later = await selectLaterSelf(db, workspaceId, gone)
  const selves = [former(changing), later, ...rows.filter((row) => isCalled(row, new_phone, new_user_id))]
  let settled: IdentityRow | null = null
  const seen = new Set<string>()
  for (const self of selves) {
    if (self === null || seen.has(self.id)) continue
    seen.add(self.id)
    if (settled === null || !isSomebodyElse(self, settled, changing))
      settled = await join(db, workspaceId, settled, self)
    else await releasePhone(db, workspaceId, self.id)
  }
  return settled ?? (await create(db, workspaceId, changing))
}

/** Who was called so before the change: not whoever was seen with a phone after it was given up. */
function former({ fact, at, rows }: Changing): IdentityRow | null {
  const { old_phone, old_user_id, new_phone } = fact
  const isKept = new_phone === null || new_phone === old_phone
  const byUser = rows.find((row) => old_user_id !== null && row.user_id === old_user_id)
  const byPhone = rows.find(
    (row) => isCalled(row, old_phone, null) && (isKept || !isOvertaken(row, 'phone', at)),
  )
  return byUser ?? byPhone ?? null
}

function isCalled(row: IdentityRow, phone: string | null, userId: string | null): boolean {
  if (userId !== null && row.user_id === userId) return true
  return phone !== null && row.phone !== null && phoneVariants(phone).includes(row.phone)
}

/** A user id that is neither the old nor the new one, and was seen with the phone before the change only. */
function isSomebodyElse(other: IdentityRow, known: IdentityRow, { fact, at }: Changing): boolean {
  const { old_phone, old_user_id, new_phone, new_user_id } = fact
  if (other.user_id === null || [known.user_id, old_user_id, new_user_id].includes(other.user_id))
    return false
  if (!isCalled(other, new_phone, null) || new_phone === old_phone) return false
  return new_user_id !== null || !isOvertaken(other, 'phone', at)
}

async function join(
  db: Db,
  workspaceId: WorkspaceId,
  one: IdentityRow | null,
  other: IdentityRow,
): Promise<IdentityRow> {
  if (one === null) return other
  const [survivor, merged] = one.id < other.id ? [one, other] : [other, one]
  return (await mergeContacts(db, workspaceId, survivor.id, merged.id)) ?? survivor
}

async function create(db: Db, workspaceId: WorkspaceId, { fact, at }: Changing): Promise<IdentityRow> {
  const phone = fact.new_phone ?? fact.old_phone
  const user_id = fact.new_user_id ?? fact.old_user_id
  const id = await insertContactIfNew(db, workspaceId, { phone, user_id, source: 'inbound', at })
  const rows = await lockContactsByAny(db, workspaceId, idsIn(fact))
  const made = rows.find((row) => row.id === id)
  if (made === undefined)
    throw new ParleyError('unavailable', 'The contact changes too quickly, please try again.')
  return made
}

/** What is newer than the change stays. */
function newsFor(
  row: IdentityRow,
  values: { phone: string | null; user_id: string | null },
  at: Date,
): IdentityChanges {
  const changes: IdentityChanges = { values: {}, told: {} }
  const fields = ['phone', 'user_id'] as const satisfies (keyof Told)[]
  for (const field of fields) {
    const value = values[field]
    if (value === null || (row[field] !== value && isOvertaken(row, field, at))) continue
    changes.values[field] = value
    if (!isOvertaken(row, field, at)) changes.told[field] = at.toISOString()
  }
  return changes
}

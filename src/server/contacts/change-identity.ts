import type { WorkspaceId } from '../../contract/index.ts'
import type { Ctx, Db } from '../platform/index.ts'
import type { ContactChangeFact } from '../providers/index.ts'
import { markOf } from './mark.ts'
import { phoneVariants } from './phone.ts'
import { mergeContacts, releasePhone } from './queries.ts'
import {
  hasContactChange,
  insertContactChange,
  type LockedIdentity,
  lockContactsByAny,
  selectLaterSelf,
  updatePhoneAndUser,
} from './queries-history.ts'

/** `kept`: nobody here carries the old phone or user id. */
export type IdentityOutcome = 'applied' | 'repeat' | 'kept'

/**
 * Somebody has a new phone or a new user id: their contact takes it over, with conversations, consent and all. A record
 * that arose under the new one meanwhile is the same person and is merged.
 */
export async function changeIdentity(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  fact: ContactChangeFact,
  inboundLogId: string | null,
): Promise<IdentityOutcome> {
  const { old_phone, new_phone, old_user_id, new_user_id } = fact
  const mark = markOf(['identity', old_phone, new_phone, old_user_id, new_user_id, fact.at])
  const at = fact.at ?? ctx.clock.now()
  const changed = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const rows = await lockContactsByAny(tx, workspaceId, idsIn(fact))
    if (await hasContactChange(tx, workspaceId, mark)) return 'repeat'
    const known = rows.find((row) => isCalled(row, old_phone, old_user_id))
    if (known === undefined) return 'kept'
    const settled = await takeOver(tx, workspaceId, { known, rows, fact, at })
    const common = { contact_id: settled.id, at, inbound_log_id: inboundLogId, mark }
    const news = newsIn(known, { phone: new_phone, user_id: new_user_id ?? settled.user_id })
    for (const one of news) await insertContactChange(tx, workspaceId, { ...common, ...one })
    return news.length > 0 ? settled : 'repeat'
  })
  if (typeof changed === 'string') return changed
  ctx.live.changed(workspaceId, { topic: 'conversation', id: changed.id })
  return 'applied'
}

interface Changing {
  known: LockedIdentity
  rows: readonly LockedIdentity[]
  fact: ContactChangeFact
  at: Date
}

/** Makes one record of all that are this person, under what they are called today. */
async function takeOver(
  db: Db,
  workspaceId: WorkspaceId,
  { known, rows, fact, at }: Changing,
): Promise<{ id: string; user_id: string | null }> {
  const { old_phone, new_phone, new_user_id } = fact
  const given = { phone: new_phone === old_phone ? null : new_phone, user_id: new_user_id, at }
  const later = await selectLaterSelf(db, workspaceId, given)
  if (later !== null && later.id !== known.id) {
    const settled = await joinLaterSelf(db, workspaceId, known, later)
    await updatePhoneAndUser(db, workspaceId, settled.id, later)
    return settled
  }
  const settled = await settleOnOne(db, workspaceId, { known, rows, fact })
  const value = { phone: new_phone, user_id: new_user_id ?? settled.user_id }
  await updatePhoneAndUser(db, workspaceId, settled.id, value)
  return settled
}

function newsIn(known: LockedIdentity, told: { phone: string | null; user_id: string | null }) {
  return (['phone', 'user_id'] as const).flatMap((kind) => {
    const [previous, value] = [known[kind], told[kind]]
    return value === null || value === previous ? [] : [{ kind, previous, value }]
  })
}

function idsIn({ old_phone, new_phone, old_user_id, new_user_id }: ContactChangeFact) {
  const present = (ids: readonly (string | null)[]) => ids.filter((id) => id !== null)
  return {
    phones: present([old_phone, new_phone]).flatMap(phoneVariants),
    userIds: present([old_user_id, new_user_id]),
  }
}

function isCalled(row: LockedIdentity, phone: string | null, userId: string | null): boolean {
  if (userId !== null && row.user_id === userId) return true
  return phone !== null && row.phone !== null && phoneVariants(phone).includes(row.phone)
}

/** What they are called today was told before: it stays, and both records are one. */
async function joinLaterSelf(
  db: Db,
  workspaceId: WorkspaceId,
  known: LockedIdentity,
  later: { id: string; user_id: string | null },
): Promise<{ id: string; user_id: string | null }> {
  const [survivor, merged] = known.id < later.id ? [known, later] : [later, known]
  await mergeContacts(db, workspaceId, survivor.id, merged.id)
  return { id: survivor.id, user_id: later.user_id }
}

/** The record that goes on. Whoever had the new phone before, under a user id of their own, only gives it up. */
async function settleOnOne(
  db: Db,
  workspaceId: WorkspaceId,
  { known, rows, fact }: { known: LockedIdentity; rows: readonly LockedIdentity[]; fact: ContactChangeFact },
): Promise<{ id: string; user_id: string | null }> {
  let settled: { id: string; user_id: string | null } = known
  for (const other of rows) {
    if (other.id === known.id || !isCalled(other, fact.new_phone, fact.new_user_id)) continue
    if (isSomebodyElse(other, known, fact)) {
      await releasePhone(db, workspaceId, other.id)
      continue
    }
    const [survivor, merged] = settled.id < other.id ? [settled, other] : [other, settled]
    await mergeContacts(db, workspaceId, survivor.id, merged.id)
    settled = { id: survivor.id, user_id: other.user_id ?? settled.user_id }
  }
  return settled
}

/** A user id that is neither the old nor the new one, known before the change. */
function isSomebodyElse(other: LockedIdentity, known: LockedIdentity, fact: ContactChangeFact): boolean {
  if (other.user_id === null || [known.user_id, fact.new_user_id].includes(other.user_id)) return false
  return fact.at === null || other.created_at < fact.at || fact.new_user_id !== null
}

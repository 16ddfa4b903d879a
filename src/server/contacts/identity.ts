import type { IdentityRow, Told } from './contact.ts'

/** What a webhook, a list or a person says about somebody; at least one of `phone` and `user_id`. */
export interface Identity {
  phone: string | null
  user_id: string | null
  username?: string | null
  profile_name?: string | null
  name?: string | null
  /** How we came to know them: inbound, list, api, import. Kept from the first time. */
  source: string
  /** When it was so, in the provider's time; left out where we say so ourselves. */
  at?: Date | null
}

/** A record, and whether it was called by the identity's user id or phone once, and is called otherwise since. */
export type FoundIdentity = IdentityRow & { was_user: boolean; was_phone: boolean }

export interface MatchedContacts {
  byUser: FoundIdentity | undefined
  byPhone: FoundIdentity | undefined
}

/**
 * Which of the rows carry the user id and the phone; the phone as written wins over a variant of it. Who gave up the phone
 * after the time of the news comes first: it speaks of them, not of whoever has the phone today.
 */
export function matchContacts(
  identity: Identity,
  variants: readonly string[],
  rows: readonly FoundIdentity[],
): MatchedContacts {
  const { phone, user_id } = identity
  return {
    byUser:
      user_id === null
        ? undefined
        : (rows.find((row) => row.user_id === user_id) ?? rows.find((row) => row.was_user)),
    byPhone:
      rows.find((row) => row.was_phone) ??
      rows.find((row) => row.phone !== null && row.phone === phone) ??
      rows.find((row) => row.phone !== null && variants.includes(row.phone)),
  }
}

/** Two records are one person unless they contradict each other: of two user ids, one gave up the phone. */
export function areOnePerson(a: FoundIdentity, b: FoundIdentity): boolean {
  return a.user_id === null || b.user_id === null || a.user_id === b.user_id
}

/** Whether the news are older than what the row was told of the field. */
export function isOvertaken(row: Pick<IdentityRow, 'told'>, field: keyof Told, at: Date | null): boolean {
  const told = row.told[field]
  return told !== undefined && at !== null && at.getTime() < Date.parse(told)
}

export interface IdentityChanges {
  values: Partial<Pick<IdentityRow, keyof Told>>
  told: Told
}

const fields = ['phone', 'user_id', 'username', 'profile_name'] as const
/** The same word again is noted at most this often: a busy chat would otherwise write the row with each message. */
const noteEveryMs = 60_000

/**
 * The columns that what we hear changes, whatever the order in which we hear it; empty when it tells nothing new. A name
 * given by us is never replaced.
 */
export function changesOf(
  row: FoundIdentity,
  identity: Identity,
  variants: readonly string[],
): IdentityChanges {
  const changes: IdentityChanges = { values: {}, told: {} }
  const at = identity.at ?? null
  for (const field of fields) {
    const value = identity[field]
    if (!value || isFormer(row, field)) continue
    const current = row[field]
    if (current === value || (field === 'phone' && current !== null && variants.includes(current))) {
      if (at !== null && isWorthNoting(row.told[field], at)) changes.told[field] = at.toISOString()
    } else if (isNews(row, field, { value, at })) {
      changes.values[field] = value
      if (at !== null) changes.told[field] = at.toISOString()
    }
  }
  return withName(changes, row, { name: identity.name ?? null, at })
}

function isFormer(row: FoundIdentity, field: keyof Told): boolean {
  return (field === 'phone' && row.was_phone) || (field === 'user_id' && row.was_user)
}

function isWorthNoting(told: string | undefined, at: Date): boolean {
  return told === undefined || at.getTime() - Date.parse(told) >= noteEveryMs
}

/** Two words of the same second: the greater one, so that it is the same whichever comes first. */
function isNews(
  row: IdentityRow,
  field: keyof Told,
  { value, at }: { value: string; at: Date | null },
): boolean {
  if (isOvertaken(row, field, at)) return false
  const isSameTime = at !== null && row.told[field] === at.toISOString()
  return !isSameTime || value > (row[field] ?? '')
}

/** Only a name from an address book has a time, and is replaced by a newer one. */
function withName(
  changes: IdentityChanges,
  row: FoundIdentity,
  { name, at }: { name: string | null; at: Date | null },
): IdentityChanges {
  if (name === null || name === row.name) return changes
  const isFromBook = row.name === null || row.told.name !== undefined
  if (!isFromBook || !isNews(row, 'name', { value: name, at })) return changes
  changes.values.name = name
  if (at !== null) changes.told.name = at.toISOString()
  return changes
}

import type { IdentityRow } from './contact.ts'

/** What a webhook, a list or a person says about somebody; at least one of `phone` and `user_id`. */
export interface Identity {
  phone: string | null
  user_id: string | null
  username?: string | null
  profile_name?: string | null
  name?: string | null
  /** How we came to know them: inbound, list, api, import. Kept from the first time. */
  source: string
}

export interface MatchedContacts {
  byUser: IdentityRow | undefined
  byPhone: IdentityRow | undefined
}

/** Which of the rows carry the user id and the phone; the phone as written wins over a variant of it. */
export function matchContacts(
  identity: Identity,
  variants: readonly string[],
  rows: readonly IdentityRow[],
): MatchedContacts {
  return {
    byUser: identity.user_id === null ? undefined : rows.find((row) => row.user_id === identity.user_id),
    byPhone:
      rows.find((row) => row.phone !== null && row.phone === identity.phone) ??
      rows.find((row) => row.phone !== null && variants.includes(row.phone)),
  }
}

/** Two records are one person unless they contradict each other: of two user ids, one gave up the phone. */
export function areOnePerson(a: IdentityRow, b: IdentityRow): boolean {
  return a.user_id === null || b.user_id === null || a.user_id === b.user_id
}

export type IdentityChanges = Partial<
  Pick<IdentityRow, 'phone' | 'user_id' | 'username' | 'name' | 'profile_name'>
>

/** The columns that what we hear changes; empty when it tells nothing new. A name given by us is never replaced. */
export function changesOf(
  row: IdentityRow,
  identity: Identity,
  variants: readonly string[],
): IdentityChanges {
  const changes: IdentityChanges = {}
  if (identity.user_id && row.user_id !== identity.user_id) changes.user_id = identity.user_id
  if (identity.phone && (row.phone === null || !variants.includes(row.phone))) changes.phone = identity.phone
  if (identity.username && row.username !== identity.username) changes.username = identity.username
  if (identity.profile_name && row.profile_name !== identity.profile_name)
    changes.profile_name = identity.profile_name
  if (identity.name && row.name === null) changes.name = identity.name
  return changes
}

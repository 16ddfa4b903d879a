import type { Contact, CreateContact, WorkspaceId } from '../../contract/index.ts'
import { type Actor, type Ctx, type Db, ParleyError } from '../platform/index.ts'
import type { ContactRow } from './contact.ts'
import type { Identity } from './identity.ts'
import { normalizePhone, phoneVariants } from './phone.ts'
import { presentContact } from './present-contact.ts'
import { insertContactIfNew, lockContactsByIdentity, selectContact } from './queries.ts'

/**
 * Throws validation_failed for a phone that no country has, conflict when a contact with the phone or the user id exists
 * already.
 */
export async function createContact(ctx: Ctx, actor: Actor, input: CreateContact): Promise<Contact> {
  const phone = input.phone === undefined ? null : checkedPhone(input.phone)
  const identity = { phone, user_id: input.user_id ?? null, name: input.name ?? null, source: 'api' }
  const row = await ctx.db.inWorkspace(actor.workspaceId, (tx) =>
    insertContact(tx, actor.workspaceId, identity, input.attributes),
  )
  return presentContact(row)
}

function checkedPhone(raw: string): string {
  const verdict = normalizePhone(raw)
  if (verdict.ok) return verdict.phone
  throw new ParleyError('validation_failed', verdict.message, {
    fields: [{ path: 'phone', message: verdict.message }],
  })
}

async function insertContact(
  db: Db,
  workspaceId: WorkspaceId,
  identity: Identity,
  attributes: Record<string, string> | undefined,
): Promise<ContactRow> {
  const { phone, user_id } = identity
  const variants = phone === null ? [] : phoneVariants(phone)
  const [known] = await lockContactsByIdentity(db, workspaceId, variants, user_id)
  if (known) throw alreadyThere(user_id !== null && known.user_id === user_id ? 'user id' : 'phone', known.id)
  const id = await insertContactIfNew(db, workspaceId, identity, attributes)
  const row = id === null ? undefined : await selectContact(db, workspaceId, id)
  if (!row) throw alreadyThere(phone === null ? 'user id' : 'phone')
  return row
}

function alreadyThere(what: 'phone' | 'user id', contactId?: string): ParleyError {
  const details = contactId === undefined ? undefined : { contact_id: contactId }
  return new ParleyError('conflict', `A contact with this ${what} exists already.`, details)
}

import type { Contact, CreateContact, WorkspaceId } from '../../contract/index.ts'
import { type Actor, type Ctx, type Db, ParleyError } from '../platform/index.ts'
import type { ContactRow } from './contact.ts'
import { normalizePhone, phoneVariants } from './phone.ts'
import { presentContact } from './present-contact.ts'
import { insertContactIfNew, lockContactsByIdentity, selectContact } from './queries.ts'

/** Throws validation_failed for a phone that no country has, conflict when its contact exists already. */
export async function createContact(ctx: Ctx, actor: Actor, input: CreateContact): Promise<Contact> {
  const verdict = normalizePhone(input.phone)
  if (!verdict.ok) {
    throw new ParleyError('validation_failed', verdict.message, {
      fields: [{ path: 'phone', message: verdict.message }],
    })
  }
  const row = await ctx.db.inWorkspace(actor.workspaceId, (tx) =>
    insertContact(tx, actor.workspaceId, { ...input, phone: verdict.phone }),
  )
  return presentContact(row)
}

async function insertContact(db: Db, workspaceId: WorkspaceId, input: CreateContact): Promise<ContactRow> {
  const variants = phoneVariants(input.phone)
  const [known] = await lockContactsByIdentity(db, workspaceId, variants, null)
  if (known) throw phoneTaken(known.id)
  const identity = { phone: input.phone, user_id: null, name: input.name ?? null, source: 'api' }
  const id = await insertContactIfNew(db, workspaceId, identity, input.attributes)
  const row = id === null ? undefined : await selectContact(db, workspaceId, id)
  if (!row) throw phoneTaken()
  return row
}

function phoneTaken(contactId?: string): ParleyError {
  const details = contactId === undefined ? undefined : { contact_id: contactId }
  return new ParleyError('conflict', 'A contact with this phone exists already.', details)
}

import type { Db } from '../../platform/index.ts'
import { markOf } from '../mark.ts'
import { upsertContactsByPhone } from '../upsert-contacts-by-phone.ts'
import { upsertContactsByUser } from '../upsert-contacts-by-user.ts'
import type { ContactImportRow } from './contact-import.ts'
import type { Person } from './judge-row.ts'
import { insertOptOuts, lockAndCountNew, updateDetails } from './write-queries.ts'

export interface NumberedPerson extends Person {
  rowNumber: number
}

/** Finds or makes the contacts of a batch, with names, attributes and opt-outs. In the transaction that moves the cursor. */
export async function writePeople(
  db: Db,
  row: ContactImportRow,
  people: readonly NumberedPerson[],
): Promise<{ created: number; updated: number }> {
  if (people.length === 0) return { created: 0, updated: 0 }
  const { workspace_id: workspaceId, match } = row
  const found = await findOrMake(db, row, people)
  const created = await lockAndCountNew(
    db,
    workspaceId,
    found.map(({ id }) => id),
  )
  const updated = await updateDetails(db, workspaceId, found, { keepKnown: match?.known === 'keep' })
  const optOuts = found.flatMap(({ id, hasOptedOut, rowNumber }) =>
    hasOptedOut ? [{ contact_id: id, row_number: rowNumber, mark: markOf(['import', row.id, id]) }] : [],
  )
  await insertOptOuts(db, workspaceId, optOuts, {
    importId: row.id,
    scope: match?.opt_out?.scope ?? 'all',
    actorId: row.created_by,
    at: row.started_at ?? row.created_at,
  })
  return { created, updated }
}

async function findOrMake(
  db: Db,
  { workspace_id: workspaceId }: ContactImportRow,
  people: readonly NumberedPerson[],
): Promise<(NumberedPerson & { id: string })[]> {
  const phones = people.flatMap(({ phone, user_id }) => (user_id === null && phone !== null ? [phone] : []))
  const withUser = people.flatMap(({ phone, user_id }) => (user_id === null ? [] : [{ phone, user_id }]))
  const byPhone = await upsertContactsByPhone(db, workspaceId, phones, 'import')
  const byUser = await upsertContactsByUser(db, workspaceId, withUser, 'import')
  return people.flatMap((person) => {
    const id = person.user_id === null ? byPhone.get(person.phone ?? '') : byUser.get(person.user_id)
    return id === undefined ? [] : [{ ...person, id }]
  })
}

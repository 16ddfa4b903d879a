import type { Db } from '../../platform/index.ts'
import { recordConsents } from '../consent/record-consents.ts'
import { tellConsents } from '../consent/tell-consents.ts'
import { markOf } from '../mark.ts'
import { upsertContactsByPhone } from '../upsert-contacts-by-phone.ts'
import { upsertContactsByUser } from '../upsert-contacts-by-user.ts'
import type { ContactImportRow } from './contact-import.ts'
import type { Person } from './judge-row.ts'
import { lockAndCountNew, updateDetails } from './write-queries.ts'

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
  await optOut(db, row, found)
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

async function optOut(
  db: Db,
  { workspace_id: workspaceId, id, match, ...row }: ContactImportRow,
  found: readonly (NumberedPerson & { id: string })[],
): Promise<void> {
  const optOuts = found.filter(({ hasOptedOut }) => hasOptedOut)
  const common = {
    scope: match?.opt_out?.scope ?? 'all',
    opted_out: true,
    source: 'import' as const,
    number_id: null,
    actor_id: row.created_by,
    at: row.started_at ?? row.created_at,
  }
  const { turns } = await recordConsents(
    db,
    workspaceId,
    optOuts.map((person) => ({
      ...common,
      contact_id: person.id,
      evidence: { import_id: id, row_number: person.rowNumber, file_name: row.file_name },
      mark: markOf(['import', id, person.id]),
    })),
  )
  await tellConsents(db, workspaceId, turns)
}

import { type ContactId, contactId, type WorkspaceId } from '../../contract/index.ts'
import { type Db, ParleyError } from '../platform/index.ts'
import { phoneVariants } from './phone.ts'
import { insertContactsByPhone, selectContactsByPhone } from './queries.ts'

const phonesMax = 5000

/**
 * Finds or makes the contacts of up to 5,000 phones in at most three statements. The map is keyed by the phones
 * as given; two ways to write the same line lead to the same contact.
 */
export async function upsertContactsByPhone(
  db: Db,
  workspaceId: WorkspaceId,
  phones: readonly string[],
  source: string,
): Promise<Map<string, ContactId>> {
  if (phones.length === 0) return new Map()
  if (phones.length > phonesMax) throw new Error(`At most ${phonesMax} phones at once.`)
  const variantsOf = new Map(phones.map((phone) => [phone, phoneVariants(phone)]))
  const known = new Map<string, string>()
  await readInto(known, db, workspaceId, [...variantsOf.values()].flat())

  const missing = chooseNew(variantsOf, known)
  if (missing.length > 0) {
    const inserted = await insertContactsByPhone(db, workspaceId, missing, source)
    for (const row of inserted) known.set(row.phone, row.id)
    // The rest was inserted by somebody else since we looked.
    const raced = missing.filter((phone) => !known.has(phone))
    if (raced.length > 0) await readInto(known, db, workspaceId, raced)
  }
  return new Map([...variantsOf].map(([phone, variants]) => [phone, idOf(known, variants)]))
}

async function readInto(
  known: Map<string, string>,
  db: Db,
  workspaceId: WorkspaceId,
  phones: string[],
): Promise<void> {
  for (const row of await selectContactsByPhone(db, workspaceId, phones)) known.set(row.phone, row.id)
}

/** One phone for each line nobody has yet, sorted so that two imports at once can't lock each other out. */
function chooseNew(variantsOf: ReadonlyMap<string, string[]>, known: ReadonlyMap<string, string>): string[] {
  const chosen = new Set<string>()
  for (const [phone, variants] of variantsOf) {
    if (!variants.some((variant) => known.has(variant) || chosen.has(variant))) chosen.add(phone)
  }
  return [...chosen].sort()
}

function idOf(known: ReadonlyMap<string, string>, variants: readonly string[]): ContactId {
  for (const variant of variants) {
    const id = known.get(variant)
    if (id !== undefined) return contactId.parse(id)
  }
  throw new ParleyError(
    'unavailable',
    'A contact was erased while its list was being read, please try again.',
  )
}

import type { ContactImportMatch } from '../../../contract/index.ts'
import { findPhoneColumn, findUserColumn } from '../find-columns.ts'
import { foldHeader } from '../header-words.ts'

const fullNames = [
  'name',
  'fullname',
  'contactname',
  'customername',
  'nombrecompleto',
  'nomecompleto',
  'الاسم',
]
const firstNames = ['firstname', 'givenname', 'vorname', 'nombre', 'nome', 'prenom']
const lastNames = [
  'lastname',
  'familyname',
  'surname',
  'nachname',
  'apellido',
  'apellidos',
  'sobrenome',
  'nom',
]
const optOuts = [
  'optout',
  'optedout',
  'optedoutallat',
  'unsubscribed',
  'donotcontact',
  'baja',
  'desuscrito',
  'descadastrado',
  'abgemeldet',
]
const marketingOptOuts = ['optedoutmarketingat', 'nomarketing', 'marketingoptout', 'optedoutmarketing']
/** What our own exports say beside: it is known, or not for others to set. */
const ours = ['username', 'profilename', 'source', 'createdat', 'updatedat', 'rownumber', 'problem']

/**
 * What we would take each column for; null when none looks like phones or user ids. Columns that are nothing else are
 * attributes, under the name of an attribute there is where it differs only in how it is written.
 */
export function suggestImportMatch(file: {
  columns: readonly string[]
  /** The first rows: what stands in a column tells more than its name. */
  sample: readonly (readonly string[])[]
  attributeNames: readonly string[]
}): ContactImportMatch | null {
  const { columns, sample, attributeNames } = file
  const user_id = findUserColumn(columns, sample)
  const phone = findPhoneColumn(columns, sample, user_id) ?? undefined
  if (phone === undefined && user_id === undefined) return null
  const called = (words: readonly string[]) => columns.find((column) => words.includes(foldHeader(column)))
  const full = called(fullNames)
  const name =
    full === undefined ? [called(firstNames), called(lastNames)].flatMap((one) => one ?? []) : [full]
  const [fromAll, fromMarketing] = [called(optOuts), called(marketingOptOuts)]
  const optOut = fromAll ?? fromMarketing
  const taken = new Set([phone, user_id, fromAll, fromMarketing, ...name])
  const others = columns.filter((column) => !taken.has(column) && !ours.includes(foldHeader(column)))
  return {
    ...(phone === undefined ? {} : { phone }),
    ...(user_id === undefined ? {} : { user_id }),
    name,
    attributes: Object.fromEntries(others.map((column) => [attributeFor(column, attributeNames), column])),
    ...(optOut === undefined ? {} : { opt_out: { scope: fromAll ? 'all' : 'marketing', column: optOut } }),
    known: 'update',
  }
}

function attributeFor(column: string, attributeNames: readonly string[]): string {
  const folded = foldHeader(column)
  return attributeNames.find((name) => foldHeader(name) === folded) ?? column.slice(0, 64)
}

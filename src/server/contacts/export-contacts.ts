import type { ContactFilter } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { byteOrderMark, type CsvExport, csvLine } from '../files/index.ts'
import type { Actor, Ctx } from '../platform/index.ts'
import type { ContactRow } from './contact.ts'
import { selectionOf } from './list-contacts.ts'
import { selectAttributesInUse, selectContacts } from './queries.ts'

const pageSize = 1_000
const columns = [
  'phone',
  'user_id',
  'username',
  'name',
  'profile_name',
  'opted_out_all_at',
  'opted_out_marketing_at',
  'source',
  'created_at',
] as const

/** The contacts that the filter leaves, one page of them in memory at a time. An import takes the file back as it is. */
export async function exportContacts(
  ctx: Ctx,
  actor: Actor,
  { search, consent }: ContactFilter,
): Promise<CsvExport> {
  const { workspaceId } = actor
  const selection = selectionOf({ search, consent })
  const attributes = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    await recordAudit(tx, actor, { action: 'contacts.exported', after: { ...selection } })
    return selectAttributesInUse(tx, workspaceId, selection)
  })
  async function* lines(): AsyncGenerator<string> {
    yield `${byteOrderMark}${csvLine([...columns, ...attributes])}`
    let before: string | null = null
    for (;;) {
      const position: { before: string | null; limit: number } = { before, limit: pageSize }
      const rows = await ctx.db.inWorkspace(workspaceId, (tx) =>
        selectContacts(tx, workspaceId, { ...selection, ...position }),
      )
      yield rows.map((row) => writeContact(row, attributes)).join('')
      const last = rows.at(-1)
      if (last === undefined || rows.length < pageSize) return
      before = last.id
    }
  }
  const day = ctx.clock.now().toISOString().slice(0, 10)
  return { fileName: `contacts-${day}.csv`, lines: lines() }
}

function writeContact(row: ContactRow, attributes: readonly string[]): string {
  const known = columns.map((column) => {
    const value = row[column]
    return value instanceof Date ? value.toISOString() : (value ?? '')
  })
  return csvLine([...known, ...attributes.map((name) => row.attributes[name] ?? '')])
}

import type { List } from '../../../contract/index.ts'
import type { Ctx } from '../../platform/index.ts'
import { getList } from '../lists/read-list.ts'
import type { RecipientRow } from '../recipients/read-queries.ts'
import { type RecipientsWanted, readRecipients } from '../recipients/read-recipients.ts'
import type { SeededHub } from './seed-hub.ts'

const everything = { state: null, reason: null, search: null, limit: 100 }

/** Rows of a list, page after page to the end. */
export async function readRows(
  ctx: Ctx,
  { owner: { workspaceId } }: SeededHub,
  { id }: Pick<List, 'id'>,
  wanted: Partial<Omit<RecipientsWanted, 'list' | 'after'>> = {},
): Promise<RecipientRow[]> {
  const rows: RecipientRow[] = []
  let after: string | null = null
  do {
    const page = await ctx.db.inWorkspace(workspaceId, async (tx) => {
      const list = await getList(tx, workspaceId, id)
      return readRecipients(tx, workspaceId, { ...everything, ...wanted, list, after })
    })
    rows.push(...page.rows)
    after = page.next
  } while (after !== null)
  return rows
}

import type { Contact, ContactFilter, ContactQuery } from '../../contract/index.ts'
import { type Actor, type Ctx, openCursor, page } from '../platform/index.ts'
import { presentContact } from './present-contact.ts'
import { type ContactSelection, selectContacts } from './queries.ts'

export async function listContacts(
  ctx: Ctx,
  actor: Actor,
  query: ContactQuery,
): Promise<{ data: Contact[]; next_cursor: string | null }> {
  const before = query.cursor === undefined ? null : openCursor(ctx, query.cursor)
  const rows = await ctx.db.inWorkspace(actor.workspaceId, (tx) =>
    selectContacts(tx, actor.workspaceId, { ...selectionOf(query), before, limit: query.limit + 1 }),
  )
  return page(ctx, rows, { limit: query.limit, cursorOf: (row) => row.id, present: presentContact })
}

export function selectionOf({ search, consent }: ContactFilter): ContactSelection {
  return { search: search?.trim() || null, consent: consent ?? null }
}

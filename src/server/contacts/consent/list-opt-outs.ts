import {
  contactId,
  numberId,
  type OptOut,
  type OptOutFilter,
  type OptOutQuery,
} from '../../../contract/index.ts'
import { type Actor, type Ctx, openCursor, page } from '../../platform/index.ts'
import { contactName } from '../present-contact.ts'
import {
  type OptOutPosition,
  type OptOutRow,
  type OptOutSelection,
  selectOptOuts,
} from './queries-opt-outs.ts'

const formOfPosition = /^ctc_[0-9a-f]{32} [0-9T:.-]+Z$/

/** Who wants no messages, or no marketing, the latest first. */
export async function listOptOuts(
  ctx: Ctx,
  actor: Actor,
  query: OptOutQuery,
): Promise<{ data: OptOut[]; next_cursor: string | null }> {
  const { workspaceId } = actor
  const after = query.cursor === undefined ? null : positionIn(openCursor(ctx, query.cursor, formOfPosition))
  const rows = await ctx.db.inWorkspace(workspaceId, (tx) =>
    selectOptOuts(tx, workspaceId, { ...optOutSelectionOf(query), after, limit: query.limit + 1 }),
  )
  return page(ctx, rows, {
    limit: query.limit,
    cursorOf: ({ id, exact_at }) => `${id} ${exact_at}`,
    present: presentOptOut,
  })
}

function positionIn(text: string): OptOutPosition {
  const end = text.indexOf(' ')
  return { id: text.slice(0, end), exact_at: text.slice(end + 1) }
}

export function optOutSelectionOf({ search, scope }: OptOutFilter): OptOutSelection {
  return { search: search?.trim() || null, scope: scope ?? null }
}

export function presentOptOut(row: OptOutRow): OptOut {
  const { phone, user_id, scope, source, reason, by } = row
  return {
    contact_id: contactId.parse(row.id),
    ...{ phone, user_id, scope, reason, by },
    name: contactName(row),
    source: source ?? 'kept',
    number_id: row.number_id === null ? null : numberId.parse(row.number_id),
    at: row.at.toISOString(),
  }
}

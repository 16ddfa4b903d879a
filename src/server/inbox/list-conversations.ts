import type { Conversation, ConversationQuery } from '../../contract/index.ts'
import { type Actor, type Ctx, openCursor, page } from '../platform/index.ts'
import { presentConversation } from './present-conversation.ts'
import { selectConversations } from './queries.ts'

export async function listConversations(
  ctx: Ctx,
  actor: Actor,
  query: ConversationQuery,
): Promise<{ data: Conversation[]; next_cursor: string | null }> {
  const rows = await ctx.db.inWorkspace(actor.workspaceId, (tx) =>
    selectConversations(tx, actor.workspaceId, {
      state: query.state ?? null,
      assignee: query.assignee === 'me' ? actor.id : (query.assignee ?? null),
      number_id: query.number_id ?? null,
      unread: query.unread === undefined ? null : query.unread === 'true',
      search: query.search?.trim() || null,
      before: query.cursor === undefined ? null : positionOf(openCursor(ctx, query.cursor, formOfPosition)),
      limit: query.limit + 1,
    }),
  )
  const now = ctx.clock.now()
  return page(ctx, rows, {
    limit: query.limit,
    cursorOf: (row) => `${row.last_message_at.getTime()} ${row.id}`,
    present: (row) => presentConversation(row, now),
  })
}

const formOfPosition = /^\d+ \w+$/

function positionOf(cursor: string): { at: Date; id: string } {
  const [at, id = ''] = cursor.split(' ')
  return { at: new Date(Number(at)), id }
}

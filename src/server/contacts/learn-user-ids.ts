import type { WorkspaceId } from '../../contract/index.ts'
import type { Ctx } from '../platform/index.ts'
import { giveUserIds, selectUserIdsToLearn } from './queries-user-ids.ts'
import { upsertContact } from './upsert-contact.ts'

export interface ToldUserId {
  contact_id: string
  /** Whom the message went to, as we knew them then. */
  phone: string
  user_id: string
  at: Date | null
}

/**
 * Statuses tell under which user id people go whom we wrote to by phone. Kept at the first word of it: a month of silence
 * later they may show nothing else, and would look like somebody new. Whoever is being changed just now learns it next time.
 */
export async function learnUserIds(
  ctx: Pick<Ctx, 'db'>,
  workspaceId: WorkspaceId,
  told: readonly ToldUserId[],
): Promise<void> {
  if (told.length === 0) return
  const timed = told.map((one) => ({ ...one, at: one.at?.toISOString() ?? null }))
  // Outside of a transaction: mostly there is nothing to learn.
  const news = await selectUserIdsToLearn(ctx.db.worker, workspaceId, timed)
  const free = news.filter(({ is_taken }) => !is_taken)
  if (free.length > 0) await ctx.db.inWorkspace(workspaceId, (tx) => giveUserIds(tx, workspaceId, free))
  // Two records turn out to be one person.
  for (const { phone, user_id, at } of news.filter(({ is_taken }) => is_taken)) {
    const identity = { phone, user_id, source: 'inbound', at: at === null ? null : new Date(at) }
    await ctx.db.inWorkspace(workspaceId, (tx) => upsertContact(tx, workspaceId, identity))
  }
}

import type { MediaId, MessageId, NumberId, WorkspaceId } from '../../contract/index.ts'
import { upsertContact } from '../contacts/index.ts'
import { expectMedia } from '../media/index.ts'
import { findMessageId, hasNewsOfPast, recordPast } from '../messages/index.ts'
import type { Ctx, Db } from '../platform/index.ts'
import type { HistoryFact, PastMessage } from '../providers/index.ts'
import { fetchSoon } from './fetch-files.ts'
import { fileOf } from './inbound-content.ts'
import { historyIntoConversation } from './queries-elsewhere.ts'
import { windowEnd } from './window.ts'

/**
 * A chat from before the number was connected takes its place in the inbox, closed and read: nobody is notified, and no
 * endpoint hears of what is long over.
 */
export async function receiveHistory(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  fact: HistoryFact,
): Promise<'applied' | 'repeat'> {
  const { phone, user_id } = fact
  const received = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    // Told before, it changes nothing, not even whose phone that was.
    if (!(await hasNewsOfPast(tx, workspaceId, numberId, fact.messages))) return null
    const last = newestOf(ctx, fact.messages)
    const contact = await upsertContact(tx, workspaceId, { phone, user_id, source: 'app', at: last.at })
    const pair = { number_id: numberId, contact_id: contact.id }
    const thread = { ...pair, to_phone: phone, to_user_id: user_id, messages: fact.messages }
    const written = await recordPast(ctx, tx, workspaceId, thread)
    const mediaIds = await expectFiles(tx, workspaceId, { numberId, fact, written })
    const conversationId = await historyIntoConversation(tx, workspaceId, { ...pair, ...last })
    return { written, mediaIds, conversationId }
  })
  if (received === null || received.written.length === 0) return 'repeat'
  const { mediaIds, conversationId } = received
  ctx.live.changed(workspaceId, { topic: 'conversation', id: conversationId })
  for (const id of mediaIds) await fetchSoon(ctx, workspaceId, id)
  return 'applied'
}

async function expectFiles(
  db: Db,
  workspaceId: WorkspaceId,
  { numberId, fact, written }: { numberId: NumberId; fact: HistoryFact; written: readonly MessageId[] },
): Promise<MediaId[]> {
  const isNew = new Set<string>(written)
  const expected: MediaId[] = []
  for (const { type, content, external_id } of fact.messages) {
    const file = fileOf(type, content)
    if (file === null) continue
    const id = await findMessageId(db, workspaceId, numberId, external_id)
    if (id === null || !isNew.has(id)) continue
    const mediaId = await expectMedia(db, workspaceId, { ...file, number_id: numberId, message_id: id })
    if (mediaId !== null) expected.push(mediaId)
  }
  return expected
}

/** The last word of the chat, and how long the customer's last one still allows free text. */
function newestOf(ctx: Ctx, messages: readonly PastMessage[]) {
  const now = ctx.clock.now()
  const timed = messages.map((message) => ({ ...message, at: message.at ?? now }))
  const byTime = timed.toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const inbound = byTime.findLast(({ direction }) => direction === 'in')
  return {
    last_external_id: byTime.at(-1)?.external_id ?? '',
    at: byTime.at(-1)?.at ?? now,
    last_inbound_at: inbound?.at ?? null,
    window_expires_at: inbound === undefined ? null : windowEnd(inbound.at, now),
  }
}

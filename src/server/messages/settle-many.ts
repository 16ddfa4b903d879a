import type { NumberId, SettleMessages, SettleResult } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import type { Actor, Ctx } from '../platform/index.ts'
import {
  countSelected,
  type LockedMessage,
  lockSelected,
  requeueUnsettled,
  type UnsettledSelection,
  updateNotSent,
} from './queries-unsettled.ts'
import { notSentCode } from './state-codes.ts'
import { tellLive } from './tell-live.ts'

const batchSize = 500

export interface SettledMany extends SettleResult {
  /** Whose lanes have something to send again. */
  numberIds: NumberId[]
}

/** One decision on many messages of unknown outcome, a batch at a time; one entry of the audit log for each batch. */
export async function settleMany(
  ctx: Ctx,
  actor: Actor,
  { decision, message_ids, all }: SettleMessages,
): Promise<SettledMany> {
  const { workspaceId } = actor
  const selection: UnsettledSelection = all
    ? { all: { ...all, until: new Date(all.until) } }
    : { message_ids: message_ids ?? [] }
  const isResend = decision === 'resend'
  const { rows, left } = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const rows = await lockSelected(tx, workspaceId, { selection, isResend, limit: batchSize })
    const ids = rows.map(({ id }) => id)
    if (ids.length === 0) return { rows, left: 0 }
    if (isResend) await requeueUnsettled(tx, workspaceId, { ids, actorName: actor.name })
    else await updateNotSent(tx, workspaceId, { ids, code: notSentCode })
    await recordAudit(tx, actor, {
      action: isResend ? 'messages.resent' : 'messages.marked_not_sent',
      after: { messages: ids.length, list_ids: listsOf(rows) },
    })
    const isLast = rows.length < batchSize
    return { rows, left: isLast ? 0 : await countSelected(tx, workspaceId, { selection, isResend }) }
  })
  const changes = rows.map(({ id, list_id }) => ({ message_id: id, list_id }))
  tellLive(ctx.live, workspaceId, changes)
  return { settled: rows.length, left, numberIds: [...new Set(rows.map(({ number_id }) => number_id))] }
}

function listsOf(rows: readonly LockedMessage[]): string[] {
  return [...new Set(rows.flatMap(({ list_id }) => list_id ?? []))]
}

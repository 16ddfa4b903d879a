import type { AuditAction, Message, WorkspaceId } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, type Db, ParleyError } from '../platform/index.ts'
import { type LockedMessage, lockUnsettled, requeueUnsettled, updateNotSent } from './queries-unsettled.ts'
import { getMessage } from './read-messages.ts'
import { notSentCode } from './state-codes.ts'
import { tellLive } from './tell-live.ts'

/** A person knows better than we: it counts as skipped. A status of the provider that comes all the same wins. */
export function markNotSent(ctx: Ctx, actor: Actor, id: string): Promise<Message> {
  return settle(ctx, actor, id, {
    action: 'message.marked_not_sent',
    apply: async (tx, workspaceId, row) => {
      if (isMarked(row)) return
      if (!isUnsettled(row)) throw wrongState(row)
      await updateNotSent(tx, workspaceId, { ids: [id], code: notSentCode })
    },
  })
}

/** Sends again what may have been sent already: a person takes that upon them, and it is written down. */
export function resendMessage(ctx: Ctx, actor: Actor, id: string): Promise<Message> {
  return settle(ctx, actor, id, {
    action: 'message.resent',
    apply: async (tx, workspaceId, row) => {
      if (!isUnsettled(row) && !isMarked(row)) throw wrongState(row)
      if (row.list_is_cancelled) {
        throw new ParleyError(
          'list_state_wrong',
          'The list of this message is cancelled: nothing of it is sent.',
        )
      }
      await requeueUnsettled(tx, workspaceId, { ids: [id], actorName: actor.name })
    },
  })
}

interface Settlement {
  action: AuditAction
  apply: (tx: Db, workspaceId: WorkspaceId, row: LockedMessage) => Promise<void>
}

async function settle(ctx: Ctx, actor: Actor, id: string, { action, apply }: Settlement): Promise<Message> {
  const { workspaceId } = actor
  const { message, listId } = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockUnsettled(tx, workspaceId, id)
    if (row === null) throw new ParleyError('not_found', 'There is no outgoing message with this id.')
    await apply(tx, workspaceId, row)
    await recordAudit(tx, actor, { action, subject_id: id, before: { state: row.state } })
    return { message: await getMessage(tx, workspaceId, id), listId: row.list_id }
  })
  tellLive(ctx.live, workspaceId, [{ message_id: id, list_id: listId }])
  return message
}

function isUnsettled({ state }: LockedMessage): boolean {
  return state === 'unknown' || state === 'held'
}

function isMarked({ state, error_code }: LockedMessage): boolean {
  return state === 'cancelled' && error_code === notSentCode
}

function wrongState({ state }: LockedMessage): ParleyError {
  return new ParleyError(
    'message_state_wrong',
    'The outcome of this message is settled: only one that is unknown or held can be decided on.',
    { state },
  )
}

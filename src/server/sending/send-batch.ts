import {
  type BatchAccepted,
  batchAccepted,
  type SendAccepted,
  type SendBatch,
  type SendMessage,
} from '../../contract/index.ts'
import { type Actor, type Db, ParleyError } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { acceptMessage, type Lookups, newLookups, type TemplateRules } from './accept-message.ts'
import { answerOnce } from './answer-once.ts'
import { wakeLane } from './wake-lane.ts'

/**
 * Takes over as many messages as may go, each for itself, in one transaction: either the whole answer holds or nothing
 * was queued. With a key, the same batch again gets the same answer. Throws idempotency_key_reused,
 * idempotency_key_in_use.
 */
export async function sendBatch(
  ctx: ServerCtx,
  actor: Actor,
  input: SendBatch,
  options: { rules: TemplateRules; idempotencyKey?: string | undefined },
): Promise<BatchAccepted> {
  const { rules, idempotencyKey: key } = options
  const answer = await ctx.db.inWorkspace(actor.workspaceId, async (tx) => {
    const work = async (): Promise<BatchAccepted> => {
      const lookups = newLookups()
      const results: BatchAccepted['results'] = []
      for (const message of input.messages)
        results.push(await acceptOrRefuse(ctx, tx, actor, { message, rules, lookups }))
      return { results }
    }
    if (key === undefined) return work()
    return answerOnce(tx, actor, { key, body: input, parse: (kept) => batchAccepted.parse(kept) }, work)
  })
  for (const id of new Set(input.messages.map((message) => message.number_id))) wakeLane(ctx, id)
  return answer
}

async function acceptOrRefuse(
  ctx: ServerCtx,
  tx: Db,
  actor: Actor,
  { message, rules, lookups }: { message: SendMessage; rules: TemplateRules; lookups: Lookups },
): Promise<SendAccepted | Extract<BatchAccepted['results'][number], { status: 'refused' }>> {
  try {
    return { id: await acceptMessage(ctx, tx, actor, { input: message, rules, lookups }), status: 'queued' }
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error
    const { code, message: words, details } = error
    return {
      status: 'refused',
      error: { code, message: words, ...(details === undefined ? {} : { details }) },
    }
  }
}

import { type SendAccepted, type SendMessage, sendAccepted } from '../../contract/index.ts'
import type { Actor } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { acceptMessage, type TemplateRules } from './accept-message.ts'
import { answerOnce } from './answer-once.ts'
import { wakeLane } from './wake-lane.ts'

/**
 * Takes a message over for sending: checked before it is accepted, queued when the answer goes out. With a key, the same
 * request again gets the same answer. Throws not_found, connector_disconnected, window_closed, recipient_opted_out,
 * template_not_approved, template_parameters_wrong, idempotency_key_reused, idempotency_key_in_use.
 */
export async function sendMessage(
  ctx: ServerCtx,
  actor: Actor,
  input: SendMessage,
  options: { rules: TemplateRules; idempotencyKey?: string | undefined },
): Promise<SendAccepted> {
  const { rules, idempotencyKey: key } = options
  const answer = await ctx.db.inWorkspace(actor.workspaceId, async (tx) => {
    const work = async (): Promise<SendAccepted> => ({
      id: await acceptMessage(ctx, tx, actor, { input, rules }),
      status: 'queued',
    })
    if (key === undefined) return work()
    return answerOnce(tx, actor, { key, body: input, parse: (kept) => sendAccepted.parse(kept) }, work)
  })
  wakeLane(ctx, input.number_id)
  return answer
}

import type { NumberId } from '../../contract/index.ts'
import { type AttemptOutcome, buildMetaPayload, type ClaimedMessage, heldCode } from '../messages/index.ts'
import type { SendOutcome } from '../providers/index.ts'
import type { LaneCtx } from './lane-ctx.ts'
import type { LaneTarget } from './lane-store.ts'
import { retryInMs } from './retry-policy.ts'

/** The provider's deadline: what has no answer by then counts as unknown. */
export const answerTimeoutMs = 10_000
/** After an attempt that never left this machine. */
const unsentRetryMs = 1_000

/** Accepted, and kept back by the provider for a while: no failure, but worth showing. */
const heldNote = { code: heldCode, title: 'Held for quality assessment', detail: null }

/** The way of a number to its provider. */
export interface WayOut {
  numberId: NumberId
  to: LaneTarget
  /** Asked last of all: while the request waited for a socket the lane may have been lost, or its list paused. */
  mayBegin: () => boolean
}

/** Sends one committed intent, once. Never throws: whatever goes wrong is an outcome. */
export async function sendClaimed(
  ctx: LaneCtx,
  way: WayOut,
  message: ClaimedMessage,
): Promise<{ answer: SendOutcome; outcome: AttemptOutcome }> {
  const answer = await post(ctx, way, message)
  return { answer, outcome: outcomeOf(ctx, way.numberId, message, answer) }
}

/** What is not sent now, and goes back to the queue for a while. */
export function putOff(numberId: NumberId, message: ClaimedMessage, retryInMs: number): AttemptOutcome {
  return { ...blankOutcome(numberId, message), outcome: 'unsent', retry_in_ms: retryInMs }
}

async function post(
  ctx: LaneCtx,
  { numberId, to: { connection, number }, mayBegin }: WayOut,
  message: ClaimedMessage,
): Promise<SendOutcome> {
  try {
    const payload = buildMetaPayload(ctx.secrets, numberId, message)
    const { template_external_id } = message
    const outgoing = { phone_number_id: number.phone_number_id, payload, template_external_id }
    return await ctx.channel.send(connection, outgoing, { timeoutMs: answerTimeoutMs, mayBegin })
  } catch (error) {
    // The client answers with values; a throw is a fault of ours, and it may have come after the first byte.
    ctx.log.error({ error, message_id: message.id }, 'sending threw')
    return { kind: 'unknown', reason: 'fault', http_status: null }
  }
}

function outcomeOf(
  ctx: LaneCtx,
  numberId: NumberId,
  message: ClaimedMessage,
  answer: SendOutcome,
): AttemptOutcome {
  const http_status = 'http_status' in answer ? answer.http_status : null
  const base = { ...blankOutcome(numberId, message), outcome: answer.kind, http_status }
  switch (answer.kind) {
    case 'accepted':
      return { ...base, external_id: answer.external_id, error: answer.held ? heldNote : null }
    case 'refused':
      return { ...base, error: answer.error }
    case 'later': {
      const retry_in_ms = retryInMs({
        code: answer.error.code,
        deferrals: message.deferrals,
        retryAfterMs: answer.retry_after_ms,
        random: ctx.random.number(),
      })
      return {
        ...base,
        error: answer.error,
        retry_in_ms,
        outcome: retry_in_ms === null ? 'refused' : 'later',
      }
    }
    case 'unknown':
      return base
    case 'unsent':
      return { ...base, retry_in_ms: unsentRetryMs * (1 + ctx.random.number()) }
  }
}

function blankOutcome(numberId: NumberId, message: ClaimedMessage): Omit<AttemptOutcome, 'outcome'> {
  return {
    workspace_id: message.workspace_id,
    number_id: numberId,
    message_id: message.id,
    attempt: message.attempt,
    http_status: null,
    external_id: null,
    error: null,
    retry_in_ms: null,
  }
}

import type { SendOutcome } from '../send-outcome.ts'
import { describeMetaError } from './describe-error.ts'
import type { HttpAnswer } from './http-answer.ts'
import { errorIn, parseJson, property, text } from './read-error.ts'

/**
 * Said of the app, the number or the template as a whole, whichever the message: certain although Meta answers them with a
 * 5xx. A number that is being moved to a higher throughput answers 131057 to everything, for up to a minute.
 */
const refusalsOfAll: ReadonlySet<string> = new Set(['3', '131045', '131057', '133000', '134102', '2494100'])

/**
 * What became of a send, from its HTTP answer. Only three things are certain: nothing was written (`unsent`),
 * 200 with a message id (`accepted`), and Meta's own error object (`later` or `refused`) with a 4xx, or with a code that
 * has nothing to do with the message. All else may have been sent: any other 5xx, a lost answer, a 200 we can't read, a
 * proxy's page.
 */
export function classifyAnswer(answer: HttpAnswer): SendOutcome {
  if (answer.kind === 'failed') {
    const { isWritten, reason } = answer
    return isWritten ? { kind: 'unknown', reason, http_status: null } : { kind: 'unsent', reason }
  }
  const { status, body, isCut } = answer
  const unknown = (reason: string): SendOutcome => ({ kind: 'unknown', reason, http_status: status })
  if (isCut) return unknown('answer_cut_off')
  if (status === 200) return acceptedIn(parseJson(body)) ?? unknown('answer_without_id')
  if (status < 400) return unknown(`http_${status}`)
  const error = errorIn(parseJson(body))
  if (status > 499 && !refusalsOfAll.has(error?.code ?? '')) return unknown(`http_${status}`)
  if (error === null) return unknown('answer_not_from_provider')
  const { policy, retry_after_ms } = describeMetaError(error.code)
  if (policy !== 'retry' && status !== 429) return { kind: 'refused', error, http_status: status }
  const asked = retryAfterMs(answer.retryAfter)
  return { kind: 'later', error, retry_after_ms: asked ?? retry_after_ms, http_status: status }
}

function acceptedIn(answer: unknown): SendOutcome | null {
  const messages = property(answer, 'messages')
  if (!Array.isArray(messages)) return null
  // One request sends one message to one person: the lists of the answer have one element each.
  const message: unknown = messages.find((each) => text(property(each, 'id')) !== null)
  const id = text(property(message, 'id'))
  if (id === null) return null
  const contacts = property(answer, 'contacts')
  const contact: unknown = Array.isArray(contacts) ? contacts[0] : undefined
  const word = property(message, 'message_status')
  return {
    kind: 'accepted',
    external_id: id,
    held: word === 'held_for_quality_assessment' || word === 'paused',
    wa_id: text(property(contact, 'wa_id')),
    http_status: 200,
  }
}

const retryAfterMaxMs = 24 * 3_600_000

/** Seconds only: a date would be read off another machine's clock. */
function retryAfterMs(header: string | undefined): number | null {
  if (header === undefined || !/^\d{1,9}$/.test(header)) return null
  return Math.min(Number(header) * 1000, retryAfterMaxMs)
}

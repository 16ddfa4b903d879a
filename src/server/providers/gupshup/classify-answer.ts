import type { HttpAnswer } from '../meta/http-answer.ts'
import { parseJson, property, text } from '../meta/read-error.ts'
import type { ProviderError } from '../provider-error.ts'
import type { SendOutcome } from '../send-outcome.ts'
import { type AnswerCode, answerCode } from './error-codes.ts'

/**
 * What became of a send, from its HTTP answer. Certain are: nothing was written (`unsent`), a 2xx with a message id
 * (`accepted`), and Gupshup's own words of error (`later` or `refused`). All else may have been sent. What is wrong with
 * the recipient is not in the answer: it comes later, as a failed message.
 */
export function classifyGupshupAnswer(answer: HttpAnswer): SendOutcome {
  if (answer.kind === 'failed') {
    const { isWritten, reason } = answer
    return isWritten ? { kind: 'unknown', reason, http_status: null } : { kind: 'unsent', reason }
  }
  const { status, body, isCut } = answer
  const unknown = (reason: string): SendOutcome => ({ kind: 'unknown', reason, http_status: status })
  if (isCut) return unknown('answer_cut_off')
  // The Content-Type may say text/html.
  const parsed = parseJson(body)
  const isError = property(parsed, 'status') === 'error'
  if (status >= 200 && status < 300 && !isError) {
    const id = text(property(parsed, 'messageId'))
    return id === null
      ? unknown('answer_without_id')
      : { kind: 'accepted', external_id: id, held: false, wa_id: null, http_status: status }
  }
  if (status >= 500 || (status >= 300 && status < 400)) return unknown(`http_${status}`)
  const error = refusalIn(status, parsed)
  if (error === null) return unknown('answer_not_from_provider')
  if (error.code === answerCode('too_many_requests')) {
    return { kind: 'later', error, retry_after_ms: retryAfterMs(answer.retryAfter), http_status: status }
  }
  return { kind: 'refused', error, http_status: status }
}

/** Gupshup's refusal out of a parsed answer: words without a number. null when the answer holds none. */
export function refusalIn(status: number, answer: unknown): ProviderError | null {
  const message = property(answer, 'message')
  const words = text(message) ?? text(property(message, 'message'))
  if (words === null) return null
  return { code: answerCode(nameOf(status, words.toLowerCase())), title: words, detail: null }
}

function nameOf(status: number, words: string): AnswerCode {
  if (status === 429 || words.includes('too many requests')) return 'too_many_requests'
  if (status === 401 || words.includes('authentication failed')) return 'unauthorized'
  if (words.includes('destination')) return 'invalid_destination'
  const isAboutApp = words.includes('app details') || words.includes('mapped bot') || words.includes('source')
  return isAboutApp ? 'invalid_app' : 'refused'
}

const retryAfterMaxMs = 24 * 3_600_000

/** Seconds only: a date would be read off another machine's clock. */
function retryAfterMs(header: string | undefined): number | null {
  if (header === undefined || !/^\d{1,9}$/.test(header)) return null
  return Math.min(Number(header) * 1000, retryAfterMaxMs)
}

import { newTraceId } from '../world/identifiers.ts'
import { ERROR_CODES } from './error-codes.ts'

/** A refusal as a value: which code, what to say, and what beside it Meta adds for templates. */
export interface Fault {
  code: number
  details?: string
  /** The whole `message`, where Meta words it otherwise than "(#code) title". */
  message?: string
  httpStatus?: number
  subcode?: number
  userTitle?: string
  userMessage?: string
}

export function fault(code: number, details?: string): Fault {
  return details === undefined ? { code } : { code, details }
}

export function httpStatusOf(refused: Fault): number {
  return refused.httpStatus ?? ERROR_CODES.get(refused.code)?.httpStatus ?? 400
}

/** The error body of the Graph API. */
export function faultBody(refused: Fault): Record<string, unknown> {
  const meaning = ERROR_CODES.get(refused.code)
  const details = refused.details ?? (refused.code >= 130_000 ? meaning?.details : undefined)
  return {
    error: {
      message: refused.message ?? `(#${refused.code}) ${meaning?.title ?? 'Unknown error'}`,
      type: 'OAuthException',
      code: refused.code,
      ...(details === undefined ? {} : { error_data: { messaging_product: 'whatsapp', details } }),
      ...(refused.subcode === undefined ? {} : { error_subcode: refused.subcode }),
      ...(refused.userTitle === undefined
        ? {}
        : { is_transient: false, error_user_title: refused.userTitle, error_user_msg: refused.userMessage }),
      fbtrace_id: newTraceId(),
    },
  }
}

/** The entry of `errors[]` in a `failed` status. */
export function statusError(code: number): Record<string, unknown> {
  const meaning = ERROR_CODES.get(code)
  const title = meaning?.title ?? 'Unknown error'
  return {
    code,
    title,
    message: title,
    error_data: { details: meaning?.details ?? title },
    href: '/documentation/business-messaging/whatsapp/support/error-codes',
  }
}

export function missingObject(id: string, method: string): Fault {
  return {
    code: 100,
    subcode: 33,
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
  }
}

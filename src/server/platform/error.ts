import type { ErrorCode } from '../../contract/errors.ts'

/** What `details` may carry: field names, states, provider codes. Never secrets, bodies or whole phone numbers. */
export type ErrorDetails = Record<string, unknown>

/**
 * An outcome that the caller can't go on with. `message` is one sentence for the person who reads it;
 * the HTTP status follows from `code` in one table of the app.
 */
export class ParleyError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails | undefined

  constructor(code: ErrorCode, message: string, details?: ErrorDetails, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'ParleyError'
    this.code = code
    this.details = details
  }
}

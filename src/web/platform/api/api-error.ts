import type { ErrorBody, ErrorCode } from '../../../contract/index.ts'

/** `offline`: no answer came at all; `unreadable`: an answer came that isn't the hub's. */
export type ApiErrorCode = ErrorCode | 'offline' | 'unreadable'

/** An answer that isn't 2xx, or none. `message` is the hub's sentence for the person who reads it. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly code: ApiErrorCode
  readonly status: number
  readonly details: Record<string, unknown>
  readonly requestId: string | null

  constructor(code: ApiErrorCode, message: string, status: number, more: Partial<ErrorBody['error']> = {}) {
    super(message)
    this.code = code
    this.status = status
    this.details = more.details ?? {}
    this.requestId = more.request_id ?? null
  }
}

export function isApiError(error: unknown, code?: ApiErrorCode): error is ApiError {
  return error instanceof ApiError && (code === undefined || error.code === code)
}

/** Turns any answer that isn't 2xx into an ApiError, also those of a proxy in between. */
export async function readError(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null)
  if (isErrorBody(body)) return new ApiError(body.error.code, body.error.message, response.status, body.error)
  return new ApiError('unreadable', `HTTP ${response.status}`, response.status)
}

function isErrorBody(body: unknown): body is ErrorBody {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false
  const { error } = body
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ErrorBody, ErrorCode } from '../../../contract/errors.ts'
import { isDatabaseAway } from '../db/is-database-away.ts'
import { ParleyError } from '../error.ts'
import type { Logger } from '../log.ts'

/** Chosen in one table of the app. */
export type StatusOf = (code: ErrorCode) => number

/** Turns whatever a route threw into the error body of the contract. What nobody expected is logged and told to nobody. */
export function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  statusOf: StatusOf,
  log: Logger,
): void {
  const known = knownError(error)
  if (isDatabaseAway(error)) tellAway(error, request, reply, log)
  else if (!known)
    log.error({ error, request_id: request.id, route: request.routeOptions.url }, 'request failed')
  const { code, message, details } = known ?? new ParleyError('internal', 'Something went wrong on our side.')
  const body: ErrorBody = {
    error: { code, message, ...(details ? { details } : {}), request_id: request.id },
  }
  reply.code(statusOf(code)).type('application/json; charset=utf-8').serializer(JSON.stringify).send(body)
}

/** Without its stack: the reason says it all, and each request of the time tells it. */
function tellAway(error: Error, request: FastifyRequest, reply: FastifyReply, log: Logger): void {
  const { message: reason } = error
  log.warn({ reason, request_id: request.id, route: request.routeOptions.url }, 'database away')
  reply.header('retry-after', String(retryAfterSeconds))
}

/** Refusals of the HTTP server itself, by its error codes. */
const serverErrors: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['payload_too_large', 'The body is too large.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported_media_type', 'Send the body as application/json.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['validation_failed', 'The body is not valid JSON.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['validation_failed', 'The body is empty.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'validation_failed',
    'The body is not as long as its Content-Length says.',
  ],
  FST_REQ_FILE_TOO_LARGE: ['payload_too_large', 'The file is too large.'],
  FST_FILES_LIMIT: ['payload_too_large', 'Too many files.'],
  FST_FIELDS_LIMIT: ['payload_too_large', 'Too many fields.'],
  FST_PARTS_LIMIT: ['payload_too_large', 'Too many parts.'],
  FST_INVALID_MULTIPART_CONTENT_TYPE: ['unsupported_media_type', 'Send the file as multipart/form-data.'],
}

const retryAfterSeconds = 2
const foreignKeyViolation = '23503'

function knownError(error: unknown): ParleyError | null {
  if (error instanceof ParleyError) return error
  if (isDatabaseAway(error)) {
    return new ParleyError('unavailable', 'The database does not answer just now. Please try again.')
  }
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  const known = serverErrors[error.code]
  if (known) return new ParleyError(known[0], known[1])
  // The last net: where code forgot to look whether an id is of the workspace, the composite foreign key did not.
  if (error.code === foreignKeyViolation) {
    return new ParleyError('not_found', 'It refers to something that does not exist.')
  }
  const status = 'statusCode' in error ? error.statusCode : undefined
  return status === 400 ? new ParleyError('validation_failed', 'The request is not valid.') : null
}

import { accessErrors, permissionCodes, permissionError } from './errors/access-errors.ts'
import { accountErrors } from './errors/account-errors.ts'
import type { ErrorEntry, ErrorPolicy, ErrorTable } from './errors/error-entry.ts'
import { messageErrors } from './errors/message-errors.ts'
import { recipientErrors } from './errors/recipient-errors.ts'
import { templateCreationErrors } from './errors/template-creation-errors.ts'
import { templateErrors } from './errors/template-errors.ts'
import { throttlingErrors } from './errors/throttling-errors.ts'

export type { ErrorPolicy } from './errors/error-entry.ts'

export interface ErrorDescription {
  title: string
  reason: string
  advice: string | null
  policy: ErrorPolicy
  /** How long to wait before the next try when the provider doesn't say; null: the caller's own schedule. */
  retry_after_ms: number | null
}

/** Every code of Meta's table that Parley has words for. */
export const metaErrors: ErrorTable = {
  ...accessErrors,
  ...throttlingErrors,
  ...messageErrors,
  ...recipientErrors,
  ...templateErrors,
  ...accountErrors,
  ...templateCreationErrors,
}

const unknownError: ErrorEntry = {
  title: 'Unknown error',
  reason: 'The provider refused with a code that Parley does not know.',
  advice: 'Read the details of the provider.',
  policy: 'final',
}

const known = new Map([
  ...permissionCodes.map((code): [string, ErrorEntry] => [code, permissionError]),
  ...Object.entries(metaErrors),
])

/** Plain words and policy for Meta's error code. An unknown code gets general words and is final. */
export function describeMetaError(code: string): ErrorDescription {
  const entry = known.get(code) ?? unknownError
  const { title, reason, advice, policy } = entry
  return { title, reason, advice, policy, retry_after_ms: retryAfterMs(entry) }
}

function retryAfterMs(entry: ErrorEntry): number | null {
  return entry.retryAfterMs ?? null
}

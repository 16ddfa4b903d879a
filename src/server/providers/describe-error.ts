import { describeGupshupError } from './gupshup/error-codes.ts'
import { describeMetaError, type ErrorDescription } from './meta/describe-error.ts'

/**
 * Plain words and policy for an error code of any provider. Codes of Gupshup's own begin with `gupshup.`: the same
 * digits mean something else at Meta.
 */
export function describeError(code: string): ErrorDescription {
  return describeGupshupError(code) ?? describeMetaError(code)
}

import { redactSecrets } from '../../platform/index.ts'
import type { ProviderError } from '../provider-error.ts'
import { metaErrors } from './describe-error.ts'

/** Meta's error object out of a parsed answer; null when the answer holds none (a proxy's page, say). */
export function errorIn(answer: unknown): ProviderError | null {
  const error = property(answer, 'error')
  const code = codeIn(error)
  if (code === null) return null
  const message = words(property(error, 'message')) ?? 'Error'
  // Template calls explain themselves in the user's words, sends in error_data.
  const explained = words(property(error, 'error_user_msg'))
  const detail = words(property(property(error, 'error_data'), 'details')) ?? explained
  return { code, title: message, detail: detail === message ? null : detail }
}

/** Under the general code 100 the subcode says what is wrong, for example 33: no such number. */
function codeIn(error: unknown): string | null {
  const code = property(error, 'code')
  if (typeof code !== 'number' && typeof code !== 'string') return null
  const subcode = property(error, 'error_subcode')
  const isExact = String(code) === '100' && typeof subcode === 'number' && metaErrors[subcode] !== undefined
  return String(isExact ? subcode : code)
}

/** A property of a parsed answer; undefined when there is none. */
export function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
}

/** Without the token that Meta repeats when it can not read it: what it says is kept and shown. */
function words(value: unknown): string | null {
  const said = text(value)
  return said === null ? null : redactSecrets(said)
}

/** A text that says something, or null. */
export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** undefined when it isn't JSON. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

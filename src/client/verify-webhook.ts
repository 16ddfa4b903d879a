import { createHmac, timingSafeEqual } from 'node:crypto'

/** As Node gives them, or those of a `Request`; names in any case. */
export type WebhookHeaders = Record<string, string | string[] | undefined> | Headers

export interface VerifyOptions {
  /** How far the time of the attempt may be from now, in seconds; 300 by default. */
  toleranceSeconds?: number
  /** For tests. */
  now?: Date
}

export class WebhookVerificationError extends Error {
  override readonly name = 'WebhookVerificationError'
}

/**
 * Checks a request from Parley (Standard Webhooks 1.0.0) and returns its parsed body.
 * Give it the body's raw bytes as they came: parsed and written again they would have another signature.
 * Throws WebhookVerificationError when anything is missing, wrong, or too old or new.
 */
export function verifyWebhook(
  secret: string | undefined,
  rawBody: Uint8Array | string,
  headers: WebhookHeaders,
  options: VerifyOptions = {},
): unknown {
  const id = single(headers, 'webhook-id')
  const timestamp = single(headers, 'webhook-timestamp')
  const signature = single(headers, 'webhook-signature')
  checkTime(timestamp, options)
  const body = typeof rawBody === 'string' ? Buffer.from(rawBody, 'utf8') : rawBody
  // The header's own text is signed, not a number read from it: "1614265330abc" must not pass as 1614265330.
  const expected = createHmac('sha256', readSecret(secret))
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest()
  if (!signature.split(' ').some((candidate) => isSignature(candidate, expected))) {
    throw new WebhookVerificationError('No signature matches.')
  }
  return parseBody(body)
}

/** Two of one name are none: it can't be known which of them was meant. */
function single(headers: WebhookHeaders, name: string): string {
  const entries = headers instanceof Headers ? [...headers.entries()] : Object.entries(headers)
  const values = entries.flatMap(([key, value]) => (key.toLowerCase() === name ? [value] : []))
  const [value] = values
  if (typeof value !== 'string' || value === '' || values.length > 1)
    throw new WebhookVerificationError(`The header ${name} is missing.`)
  return value
}

function parseBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    throw new WebhookVerificationError('The body is no JSON.')
  }
}

function checkTime(timestamp: string, options: VerifyOptions): void {
  if (!/^\d{1,12}$/.test(timestamp))
    throw new WebhookVerificationError('The header webhook-timestamp is no number.')
  const ageSeconds = (options.now ?? new Date()).getTime() / 1000 - Number(timestamp)
  const tolerance = options.toleranceSeconds ?? 300
  if (ageSeconds > tolerance) throw new WebhookVerificationError('The request is too old.')
  if (ageSeconds < -tolerance) throw new WebhookVerificationError('The request is from the future.')
}

function readSecret(secret = ''): Buffer {
  const key = Buffer.from(secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret, 'base64')
  if (key.length === 0) throw new WebhookVerificationError('The secret is empty.')
  return key
}

function isSignature(candidate: string, expected: Buffer): boolean {
  if (!candidate.startsWith('v1,')) return false
  const given = Buffer.from(candidate.slice('v1,'.length), 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

import { createHmac } from 'node:crypto'

const ESCAPED = /[/\u0080-\uffff]/g

/**
 * The bytes Meta sends: slashes as `\/` and everything beyond ASCII as lower-case `\uXXXX`. A receiver that
 * checks the signature over re-serialised JSON fails here, as it would in life.
 */
export function encodeCallback(body: unknown): Buffer {
  return Buffer.from(JSON.stringify(body).replace(ESCAPED, escapeUnit), 'ascii')
}

function escapeUnit(unit: string): string {
  if (unit === '/') return '\\/'
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** The value of `X-Hub-Signature-256` over exactly these bytes. */
export function signCallback(bytes: Uint8Array, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(bytes).digest('hex')}`
}

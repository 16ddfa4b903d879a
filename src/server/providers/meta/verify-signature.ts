import { createHmac, timingSafeEqual } from 'node:crypto'

// Meta writes lower-case hex; upper case is refused, so that one body has one valid header.
const headerForm = /^sha256=[0-9a-f]{64}$/

/**
 * Whether `X-Hub-Signature-256` is the HMAC of these very bytes under one of the secrets (two while a secret
 * is being rotated). The form is checked first: timingSafeEqual throws on unequal lengths, and hex decoding
 * silently stops at a wrong digit. Several headers are refused.
 */
export function verifyMetaSignature(
  rawBody: Uint8Array,
  header: string | string[] | undefined,
  secrets: readonly string[],
): boolean {
  const value = Array.isArray(header) && header.length === 1 ? header[0] : header
  if (typeof value !== 'string' || !headerForm.test(value)) return false
  const given = Buffer.from(value.slice('sha256='.length), 'hex')
  let isValid = false
  for (const secret of secrets) {
    // Anybody can sign with an empty key.
    if (secret === '') continue
    const right = createHmac('sha256', secret).update(rawBody).digest()
    if (timingSafeEqual(given, right)) isValid = true
  }
  return isValid
}

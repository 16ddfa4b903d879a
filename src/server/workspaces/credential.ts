import { createHash } from 'node:crypto'
import type { Random } from '../platform/index.ts'

const apiKeyPrefix = 'pk_live_'

/** What is stored of a token or key. They are random 256 bits, so a fast hash is enough. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** A new API key and the part of it that may be shown later. */
export function makeApiKey(random: Random): { secret: string; hint: string } {
  const secret = `${apiKeyPrefix}${random.token()}`
  return { secret, hint: secret.slice(0, apiKeyPrefix.length + 4) }
}

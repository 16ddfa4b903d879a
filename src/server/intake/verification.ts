import { z } from 'zod'
import { isEqual } from '../platform/index.ts'

const query = z.looseObject({
  'hub.mode': z.literal('subscribe'),
  'hub.verify_token': z.string(),
  // Echoed to whoever asks: nothing that a browser could take for a page.
  'hub.challenge': z.string().regex(/^[0-9A-Za-z._-]{1,256}$/),
})

/** The challenge to echo when the provider proves that it was told our token; null: refuse. */
export function challengeFor(asked: unknown, verifyToken: string | null): string | null {
  const parsed = query.safeParse(asked)
  if (!parsed.success || !verifyToken) return null
  return isEqual(parsed.data['hub.verify_token'], verifyToken) ? parsed.data['hub.challenge'] : null
}

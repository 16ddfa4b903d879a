import { createHash } from 'node:crypto'

/** What was told, and when, in one word: the same webhook again has the same mark. */
export function markOf(told: readonly (string | Date | null)[]): string {
  const words = told.map((one) => (one instanceof Date ? one.toISOString() : one))
  return createHash('sha256').update(JSON.stringify(words)).digest('base64url').slice(0, 32)
}

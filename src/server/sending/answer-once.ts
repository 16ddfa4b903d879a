import { createHash } from 'node:crypto'
import { type Actor, type Db, ParleyError } from '../platform/index.ts'
import { insertKey, selectKey, updateKey } from './queries-idempotency.ts'

const lockNotAvailable = '55P03'
const keyForm = /^[\x21-\x7e]{1,255}$/

/**
 * Runs `work` once for a caller's key, in the caller's transaction: the key, what was done and the answer commit
 * together. The same request again gets the kept answer. Throws idempotency_key_reused when the body differs,
 * idempotency_key_in_use when the first request takes too long, validation_failed for a key that is none.
 */
export async function answerOnce<Answer>(
  db: Db,
  actor: Actor,
  request: { key: string; body: unknown; parse: (kept: unknown) => Answer },
  work: () => Promise<Answer>,
): Promise<Answer> {
  const { key, body, parse } = request
  if (!keyForm.test(key)) {
    throw new ParleyError('validation_failed', 'Idempotency-Key must be 1 to 255 visible ASCII characters.', {
      fields: [{ path: 'idempotency-key', message: '1 to 255 visible ASCII characters' }],
    })
  }
  const entry = { caller_id: actor.id, key, body_hash: hashOf(body) }
  if (await takeKey(db, actor, entry)) {
    const answer = await work()
    await updateKey(db, actor.workspaceId, entry, answer)
    return answer
  }
  const kept = await selectKey(db, actor.workspaceId, entry)
  if (kept === null) throw inUse()
  if (!kept.body_hash.equals(entry.body_hash)) {
    throw new ParleyError('idempotency_key_reused', 'This Idempotency-Key was used with a different body.')
  }
  return parse(kept.response)
}

async function takeKey(
  db: Db,
  actor: Actor,
  entry: { caller_id: string; key: string; body_hash: Buffer },
): Promise<boolean> {
  try {
    return await insertKey(db, actor.workspaceId, entry)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === lockNotAvailable) throw inUse()
    throw error
  }
}

function inUse(): ParleyError {
  return new ParleyError(
    'idempotency_key_in_use',
    'A request with this Idempotency-Key is still being worked on.',
  )
}

/** Bodies are parsed by the contract, so equal ones have their fields in the same order. */
function hashOf(body: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(body)).digest()
}

import { scrypt, timingSafeEqual } from 'node:crypto'
import type { Random } from '../platform/index.ts'
import { createGate } from './password-gate.ts'

export interface PasswordCost {
  n: number
  r: number
  p: number
}

/** OWASP's first choice for scrypt (read 2026-11): 128 MiB and about 0.3 s of one core. */
const usualCost: PasswordCost = { n: 2 ** 17, r: 8, p: 1 }
const keyBytes = 32

/** One for the process, like the cores and the memory that it protects: two hashes hold 256 MiB and two pool threads. */
const gate = createGate({ runningMax: 2, waitingMax: 200 })

/** `scrypt$<n>$<r>$<p>$<salt>$<key>`: the cost is kept with the hash, so that it can rise for new ones. */
export async function hashPassword(
  random: Random,
  password: string,
  cost: PasswordCost = usualCost,
): Promise<string> {
  const salt = Buffer.from(random.token(16), 'base64url')
  const key = await deriveKey(password, salt, cost)
  return ['scrypt', cost.n, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** Whether the password belongs to the hash; takes as long for a wrong one as for the right one. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const { cost, salt, key } = parseHash(hash)
  return timingSafeEqual(await deriveKey(password, salt, cost), key)
}

/** Checked when nobody has the e-mail address, so that the time of the answer tells nothing. No password fits. */
export const hashOfNobody = [
  'scrypt',
  usualCost.n,
  usualCost.r,
  usualCost.p,
  'A'.repeat(22),
  'A'.repeat(43),
].join('$')

function parseHash(hash: string): { cost: PasswordCost; salt: Buffer; key: Buffer } {
  const [kind, n, r, p, salt, key] = hash.split('$')
  if (kind !== 'scrypt' || salt === undefined || key === undefined) {
    throw new Error('A stored password hash has an unknown form.')
  }
  return {
    cost: { n: Number(n), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  }
}

function deriveKey(password: string, salt: Buffer, { n, r, p }: PasswordCost): Promise<Buffer> {
  // Two keyboards may write the same letter as different code points.
  const text = password.normalize('NFKC')
  return gate.pass(
    () =>
      new Promise((resolve, reject) => {
        // Node refuses more than 32 MiB unless told; scrypt needs 128 · n · r bytes and a little.
        scrypt(text, salt, keyBytes, { N: n, r, p, maxmem: 256 * n * r }, (error, key) =>
          error ? reject(error) : resolve(key),
        )
      }),
  )
}

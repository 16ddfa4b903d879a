import { describe, expect, it } from 'vitest'
import { systemRandom } from '../platform/index.ts'
import { hashOfNobody, hashPassword, isPassword } from './password.ts'

const cheap = { n: 2 ** 10, r: 8, p: 1 }

describe('a password hash', () => {
  it('fits its password and no other', async () => {
    const hash = await hashPassword(systemRandom, 'correct horse', cheap)
    expect(await isPassword('correct horse', hash)).toBe(true)
    expect(await isPassword('correct horsf', hash)).toBe(false)
    expect(await isPassword('', hash)).toBe(false)
  })

  it('differs each time, because each has a salt of its own', async () => {
    const [one, other] = await Promise.all([
      hashPassword(systemRandom, 'correct horse', cheap),
      hashPassword(systemRandom, 'correct horse', cheap),
    ])
    expect(one).not.toBe(other)
  })

  it('carries its cost, so that old hashes still fit when the cost rises', async () => {
    const hash = await hashPassword(systemRandom, 'correct horse', cheap)
    expect(hash).toMatch(/^scrypt\$1024\$8\$1\$/)
    expect(await hashPassword(systemRandom, 'correct horse')).toMatch(/^scrypt\$131072\$8\$1\$/)
  })

  it('takes the same letters from keyboards that write them differently', async () => {
    const hash = await hashPassword(systemRandom, 'ma\u00f1ana-ma\u00f1ana', cheap)
    expect(await isPassword('man\u0303ana-man\u0303ana', hash)).toBe(true)
  })

  it('of nobody fits no password', async () => {
    expect(await isPassword('', hashOfNobody)).toBe(false)
  })
})

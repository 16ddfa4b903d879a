import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOpaqueTag, writeOpaqueTag } from './opaque-tag.ts'

const secrets = { mac: (text: string) => createHmac('sha256', 'key').update(text).digest('base64url') }
const number = 'num_1'
const anyId = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => `msg_${Buffer.from(bytes).toString('hex')}`)

describe('the tag of an attempt', () => {
  it('comes back as it went out', () => {
    fc.assert(
      fc.property(anyId, fc.integer({ min: 1, max: 999_999 }), (message_id, attempt) => {
        const tag = writeOpaqueTag(secrets, number, { message_id, attempt })
        expect(readOpaqueTag(secrets, number, tag)).toEqual({ message_id, attempt })
        expect(tag.length).toBeLessThan(64)
      }),
    )
  })

  it('T44 is refused when one digit differs, for another number, or for another attempt', () => {
    const tag = writeOpaqueTag(secrets, number, { message_id: `msg_${'0a'.repeat(16)}`, attempt: 1 })
    const [version, token, , mac] = tag.split('.')
    const changed = token?.startsWith('A') ? `B${token.slice(1)}` : `A${token?.slice(1)}`
    expect(readOpaqueTag(secrets, number, [version, changed, 1, mac].join('.'))).toBeNull()
    expect(readOpaqueTag(secrets, number, [version, token, 2, mac].join('.'))).toBeNull()
    expect(readOpaqueTag(secrets, 'num_2', tag)).toBeNull()
  })

  it('is looked for in nothing else', () => {
    for (const opaque of [null, '', 'v1', 'v1...', 'v2.a.1.b', 'campaign-7', `v1.${'A'.repeat(500)}`]) {
      expect(readOpaqueTag(secrets, number, opaque)).toBeNull()
    }
  })
})

import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { verifyMetaSignature } from './verify-signature.ts'

const secret = 'c0ffee00c0ffee00c0ffee00c0ffee00'
const body = Buffer.from(
  String.raw`{"object":"whatsapp_business_account","entry":[{"id":"7001","n":"Z\u00f6e \/"}]}`,
)
const sign = (bytes: Uint8Array, key = secret) =>
  `sha256=${createHmac('sha256', key).update(bytes).digest('hex')}`

describe('T01: the header', () => {
  test('the right one is accepted', () => {
    expect(verifyMetaSignature(body, sign(body), [secret])).toBe(true)
    expect(verifyMetaSignature(body, [sign(body)], [secret])).toBe(true)
  })

  test('the previous secret is accepted while a new one is being rolled out', () => {
    expect(verifyMetaSignature(body, sign(body, 'old'), [secret, 'old'])).toBe(true)
  })

  const right = sign(body)
  const refused: [string, string | string[] | undefined][] = [
    ['missing', undefined],
    ['empty', ''],
    ['of another algorithm', right.replace('sha256', 'sha1')],
    ['without prefix', right.slice(7)],
    ['too short', right.slice(0, -2)],
    ['too long', `${right}00`],
    ['with a digit that is none', `${right.slice(0, -1)}g`],
    ['in upper case', `sha256=${right.slice(7).toUpperCase()}`],
    ['with upper-case prefix', `SHA256=${right.slice(7)}`],
    ['with a line break at the end', `${right}\n`],
    ['with a space in front', ` ${right}`],
    ['twice', [right, right]],
    ['twice, joined by Node', `${right}, ${right}`],
    ['an empty list', []],
    ['of another secret', sign(body, 'other')],
  ]
  test.each(refused)('one that is %s is refused', (_, header) => {
    expect(verifyMetaSignature(body, header, [secret])).toBe(false)
  })

  test('no secret and an empty secret accept nothing', () => {
    expect(verifyMetaSignature(body, right, [])).toBe(false)
    expect(verifyMetaSignature(body, sign(body, ''), [''])).toBe(false)
  })
})

describe('T02: the body', () => {
  test('one changed byte is refused', () => {
    const changed = Buffer.from(body)
    changed[10] = (changed[10] ?? 0) ^ 1
    expect(verifyMetaSignature(changed, sign(body), [secret])).toBe(false)
  })

  test('the same JSON written anew is refused', () => {
    const again = Buffer.from(JSON.stringify(JSON.parse(body.toString())))
    expect(again.equals(body)).toBe(false)
    expect(verifyMetaSignature(again, sign(body), [secret])).toBe(false)
  })

  test('bytes that are no UTF-8 are verified as bytes', () => {
    const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d])
    expect(verifyMetaSignature(bytes, sign(bytes), [secret])).toBe(true)
  })
})

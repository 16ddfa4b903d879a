import { describe, expect, test } from 'vitest'
import { bodyOf, customerPhone, messageBody, messagesEntry, statusBody } from '../../testing/sample-bodies.ts'
import { parseMetaWebhook } from './parse-webhook.ts'

const text = (id: string, body: string) => ({
  from: customerPhone,
  id,
  timestamp: '1762164000',
  type: 'text',
  text: { body },
})

function reasonsFor(body: Buffer): string[] {
  return parseMetaWebhook(body).problems.map(({ reason }) => reason)
}

describe('T08: text', () => {
  test('bytes that are no UTF-8 are shown as U+FFFD, and the message arrives', () => {
    const body = messageBody({ type: 'text', text: { body: 'caf#!' } })
    const at = body.indexOf('#')
    body[at] = 0xff
    const { facts, problems } = parseMetaWebhook(body)
    expect(facts[0]).toMatchObject({ content: { text: { body: 'caf\ufffd!' } } })
    expect(problems).toEqual([
      { path: '$', reason: 'The body is not UTF-8; what could not be read is shown as U+FFFD.' },
    ])
  })

  test('NUL and lone surrogates become U+FFFD; whole pairs stay', () => {
    const raw = String.raw`a\u0000b\ud800c\udc00d\ud83d\ude00`
    const body = Buffer.from(
      messageBody({ type: 'text', text: { body: '@@' } })
        .toString()
        .replace('@@', raw),
    )
    const [fact] = parseMetaWebhook(body).facts
    expect(fact).toMatchObject({ content: { text: { body: 'a\ufffdb\ufffdc\ufffdd😀' } } })
  })

  test('right-to-left marks and zero-width names stay as they are', () => {
    const name = '\u202eevil\u200b'
    const { facts, problems } = parseMetaWebhook(
      bodyOf(messagesEntry({ messages: [text('w', '\u2067x')] }, { profile: { name } })),
    )
    expect(facts[0]).toMatchObject({ profile_name: name, content: { text: { body: '\u2067x' } } })
    expect(problems).toEqual([])
  })

  test('a megabyte of emoji is cut, and not in the middle of one', () => {
    const { facts, problems } = parseMetaWebhook(
      messageBody({ type: 'text', text: { body: `a${'😀'.repeat(262_144)}` } }),
    )
    const [fact] = facts
    const kept = fact?.kind === 'message' ? fact.content.text?.body : undefined
    expect(kept?.length).toBe(65_536)
    expect(Buffer.from(kept ?? '').toString()).toBe(kept)
    expect(problems).toHaveLength(1)
  })

  test('a name of a megabyte is cut short', () => {
    const [fact] = parseMetaWebhook(
      bodyOf(messagesEntry({ messages: [text('w', 'x')] }, { profile: { name: '😀'.repeat(500_000) } })),
    ).facts
    expect(fact?.kind === 'message' && fact.profile_name?.length).toBe(256)
  })
})

describe('T09: structure', () => {
  test('keys that reach into prototypes are dropped', () => {
    const raw = messageBody({ type: 'text', text: { body: 'x' } }).toString()
    const body = Buffer.from(
      raw.replace(
        '"text":{',
        '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"text":{',
      ),
    )
    const { facts } = parseMetaWebhook(body)
    expect(facts[0]).toMatchObject({ kind: 'message', content: { text: { body: 'x' } } })
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect(reasonsFor(body)).toEqual([
      'A key named __proto__ was dropped.',
      'A key named constructor was dropped.',
    ])
  })

  test('a type named like a property of every object is only a type', () => {
    for (const type of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(parseMetaWebhook(messageBody({ type })).facts).toMatchObject([
        { kind: 'message', type, content: { raw: { type } } },
      ])
    }
  })

  test('of a key that stands twice the last one counts', () => {
    const body = Buffer.from(
      messageBody({ type: 'text', text: { body: 'x' } })
        .toString()
        .replace('"body":"x"', '"body":"y","body":"z"'),
    )
    expect(parseMetaWebhook(body).facts[0]).toMatchObject({ content: { text: { body: 'z' } } })
  })

  test('what is nested 10,000 deep is left out, and the message beside it stays', () => {
    const nested = `${'['.repeat(10_000)}${']'.repeat(10_000)}`
    const body = messageBody({ type: 'text', text: { body: 'Hello' }, deep: 'HERE' })
    const { facts, problems } = parseMetaWebhook(Buffer.from(body.toString().replace('"HERE"', nested)))
    expect(facts).toMatchObject([{ kind: 'message', content: { text: { body: 'Hello' } } }])
    expect(problems).toEqual([{ path: '$', reason: 'What is nested more than 64 deep was left out.' }])
  })

  test('more than 200,000 values are refused', () => {
    expect(reasonsFor(Buffer.from(`[${'0,'.repeat(200_001)}0]`))).toEqual([
      'The JSON has more than 200000 values.',
    ])
  })

  test('brackets inside of text count for nothing', () => {
    expect(
      reasonsFor(messageBody({ type: 'text', text: { body: `\\"${'[{,'.repeat(20_000)}\\\\` } })),
    ).toEqual([])
  })

  test('a 20-digit id keeps its digits, and 1e999 becomes text', () => {
    const body = Buffer.from(
      statusBody({ status: 'sent', id: 1, extra: 2 })
        .toString()
        .replace('"id":1,', '"id":12345678901234567890,')
        .replace('"extra":2', '"extra":1e999'),
    )
    expect(parseMetaWebhook(body).facts[0]).toMatchObject({
      kind: 'status',
      external_id: '12345678901234567890',
    })
  })

  test.each(['', ' ', '{', 'null', '"x"', '{"object":"whatsapp_business_account"', '\u0000', '01', '[1,]'])(
    '%j does no harm',
    (body) => {
      expect(parseMetaWebhook(Buffer.from(body)).facts.every(({ kind }) => kind === 'unknown')).toBe(true)
    },
  )
})

describe('T10: times', () => {
  test.each([
    ['1762164000', '2025-11-03T10:00:00.000Z'],
    [1762164000, '2025-11-03T10:00:00.000Z'],
    ['1762164000123', '2025-11-03T10:00:00.123Z'],
    [1762164000123, '2025-11-03T10:00:00.123Z'],
  ])('%j is a time', (timestamp, expected) => {
    const { facts, problems } = parseMetaWebhook(
      messageBody({ type: 'text', text: { body: 'x' }, timestamp }),
    )
    expect(facts[0]).toMatchObject({ at: new Date(expected) })
    expect(problems).toEqual([])
  })

  test.each([0, '0', -5, '-5', 'abc', '', 253_402_300_799, '253402300799000', '1e9', 1e300, true, {}, []])(
    '%j is none: the message arrives, and a problem says so',
    (timestamp) => {
      const { facts, problems } = parseMetaWebhook(
        messageBody({ type: 'text', text: { body: 'x' }, timestamp }),
      )
      expect(facts[0]).toMatchObject({ kind: 'message', at: null })
      expect(problems).toEqual([
        {
          path: 'entry[0].changes[0].value.messages[0].timestamp',
          reason: 'The time makes no sense and was left out.',
        },
      ])
    },
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bodyOf, customerPhone, messagesEntry } from '../../testing/sample-bodies.ts'
import { parseMetaWebhook } from './parse-webhook.ts'

const text = (id: string, body: string) => ({
  from: customerPhone,
  id,
  timestamp: '1762164000',
  type: 'text',
  text: { body },
})

describe('whatever comes', () => {
  const sample = bodyOf(
    messagesEntry({ messages: [text('a', 'one'), { ...text('b', ''), type: 'image', image: { id: '1' } }] }),
    messagesEntry({
      statuses: [
        { id: 'o', status: 'failed', timestamp: '1762164000', recipient_id: '1', errors: [{ code: 1 }] },
      ],
    }),
  )

  test('changed bytes never throw', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
        const body = Buffer.from(sample)
        for (const [at, byte] of changes) body[at] = byte
        const { facts } = parseMetaWebhook(body)
        expect(JSON.stringify(facts)).not.toContain('\\u0000')
      }),
      { numRuns: 2000 },
    )
  })

  test('any JSON in place of any part never throws, and what it makes can be stored', () => {
    const parts = [
      'object',
      'entry',
      'changes',
      'value',
      'metadata',
      'contacts',
      'messages',
      'statuses',
      'text',
      'errors',
      'profile',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...parts),
        fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }),
        (part, anything) => {
          const body = JSON.stringify(
            JSON.parse(sample.toString(), (key, value: unknown) => (key === part ? anything : value)),
          )
          const stored = JSON.stringify(parseMetaWebhook(Buffer.from(body)).facts)
          expect(stored).not.toMatch(/\\u0000|\\ud[89a-f]/)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('a broken item never takes its neighbours with it', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 3 }),
        fc.jsonValue({ maxDepth: 3 }),
        (brokenMessage, brokenChange) => {
          const body = Buffer.from(
            JSON.stringify({
              object: 'whatsapp_business_account',
              entry: [
                messagesEntry({ messages: [text('first', 'x'), brokenMessage, text('second', 'y')] }),
                { id: '1', changes: [brokenChange] },
                brokenChange,
                messagesEntry({ messages: [text('third', 'z')] }),
              ],
            }),
          )
          const ids = parseMetaWebhook(body).facts.flatMap((fact) =>
            fact.kind === 'message' ? [fact.external_id] : [],
          )
          expect(ids).toEqual(expect.arrayContaining(['first', 'second', 'third']))
        },
      ),
      { numRuns: 1000 },
    )
  })
})

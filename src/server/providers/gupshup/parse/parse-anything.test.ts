import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseGupshupWebhook } from './parse-gupshup-webhook.ts'

const message = (id: string) => ({
  type: 'message',
  timestamp: 1762164000000,
  payload: { id, source: '59899123456', type: 'text', payload: { text: 'x' }, sender: { name: 'Ana' } },
})
const status = {
  type: 'message-event',
  payload: { id: 'w', gsId: 'g', type: 'failed', destination: '1', payload: { code: 470, reason: 'r' } },
}
const delivery = { externalId: '1-2', eventType: 'SENT', eventTs: 1762164000000, pricing: { category: 'm' } }
const account = {
  type: 'account-event',
  payload: {
    type: 'status-event',
    payload: { status: 'ACCOUNT_RESTRICTED', restrictionInfo: [{ restrictionType: 'x', expiration: 1 }] },
  },
}
const template = {
  type: 'template-event',
  payload: { type: 'category-update', category: { old: 'A', new: 'B' } },
}
const passed = {
  object: 'whatsapp_business_account',
  gs_app_id: 'a',
  entry: [
    {
      changes: [
        {
          field: 'messages',
          value: {
            statuses: [{ gs_id: 'g', id: 'w', status: 'sent', timestamp: 1762164000000 }],
            messages: [
              { from: '59899123456', id: 'i', type: 'text', text: { body: 'x' }, context: { gs_id: 'g' } },
            ],
          },
        },
      ],
    },
  ],
}
const samples = [message('a'), status, delivery, account, template, passed]
const keys = [
  ...new Set(
    samples.flatMap((sample) => [...JSON.stringify(sample).matchAll(/"(\w+)":/g)].map((m) => m[1] ?? '')),
  ),
]

describe('whatever comes', () => {
  test('changed bytes never throw', () => {
    const bytes = Buffer.from(JSON.stringify(samples))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
        const body = Buffer.from(bytes)
        for (const [at, byte] of changes) body[at] = byte
        expect(JSON.stringify(parseGupshupWebhook(body).facts)).not.toContain('\\u0000')
      }),
      { numRuns: 2000 },
    )
  })

  test('any bytes at all never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(Array.isArray(parseGupshupWebhook(bytes).facts)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('any JSON in place of any part never throws, and what it makes can be stored', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.constantFrom(...keys),
        fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }),
        (sample, part, anything) => {
          const body = JSON.stringify(sample, (key, value: unknown) => (key === part ? anything : value))
          const stored = JSON.stringify(parseGupshupWebhook(Buffer.from(body)).facts)
          expect(stored).not.toMatch(/\\u0000|\\ud[89a-f]/)
        },
      ),
      { numRuns: 3000 },
    )
  })

  test('a broken event never takes its neighbours with it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (broken) => {
        const body = Buffer.from(JSON.stringify([message('first'), broken, message('second')]))
        const ids = parseGupshupWebhook(body).facts.flatMap((fact) =>
          fact.kind === 'message' ? [fact.external_id] : [],
        )
        expect(ids).toEqual(expect.arrayContaining(['first', 'second']))
      }),
      { numRuns: 1000 },
    )
  })
})

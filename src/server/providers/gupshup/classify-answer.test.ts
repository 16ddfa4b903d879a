import { describe, expect, test } from 'vitest'
import type { HttpAnswer } from '../meta/http-answer.ts'
import type { SendOutcome } from '../send-outcome.ts'
import { classifyGupshupAnswer } from './classify-answer.ts'

function answered(
  status: number,
  body: unknown,
  more: { retryAfter?: string; isCut?: boolean } = {},
): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const { retryAfter, isCut = false } = more
  return { kind: 'answered', status, retryAfter, body: Buffer.from(text), isCut }
}

const submitted = { status: 'submitted', messageId: '5d0f4b1e-1111-4b7c-9a40-00f5d6a7e101' }
const error = (message: string) => ({ status: 'error', message })

const cases: [string, HttpAnswer, object][] = [
  [
    'refused connection',
    { kind: 'failed', isWritten: false, reason: 'ECONNREFUSED' },
    { kind: 'unsent', reason: 'ECONNREFUSED' },
  ],
  [
    'reset after writing',
    { kind: 'failed', isWritten: true, reason: 'ECONNRESET' },
    { kind: 'unknown', http_status: null },
  ],
  [
    '202 with an id',
    answered(202, submitted),
    { kind: 'accepted', external_id: submitted.messageId, held: false, http_status: 202 },
  ],
  ['200, said otherwise', answered(200, { ...submitted, status: 'success' }), { kind: 'accepted' }],
  ['202 without an id', answered(202, { status: 'submitted' }), { kind: 'unknown' }],
  ['202 with an empty id', answered(202, { status: 'submitted', messageId: '' }), { kind: 'unknown' }],
  ['202 with a page', answered(202, '<html>'), { kind: 'unknown', reason: 'answer_without_id' }],
  ['202 cut off', answered(202, submitted, { isCut: true }), { kind: 'unknown', reason: 'answer_cut_off' }],
  [
    '200 that says error',
    answered(200, error('Template did not match')),
    { kind: 'refused', error: { code: 'gupshup.refused' } },
  ],
  [
    'wrong destination',
    answered(400, error('Invalid Destination')),
    { kind: 'refused', error: { code: 'gupshup.invalid_destination', title: 'Invalid Destination' } },
  ],
  [
    'wrong app',
    answered(400, error('Invalid App Details')),
    { kind: 'refused', error: { code: 'gupshup.invalid_app' } },
  ],
  [
    'no bot',
    answered(400, error('Mapped Bot Not Found')),
    { kind: 'refused', error: { code: 'gupshup.invalid_app' } },
  ],
  [
    'wrong key',
    answered(401, error('Authentication Failed')),
    { kind: 'refused', error: { code: 'gupshup.unauthorized' } },
  ],
  [
    'too fast',
    answered(429, error('Too Many Requests'), { retryAfter: '3' }),
    { kind: 'later', error: { code: 'gupshup.too_many_requests' }, retry_after_ms: 3000 },
  ],
  ['too fast, said by a proxy', answered(429, '<html>'), { kind: 'unknown' }],
  ['400 from a proxy', answered(400, 'Bad Request'), { kind: 'unknown', reason: 'answer_not_from_provider' }],
  ['302', answered(302, ''), { kind: 'unknown', reason: 'http_302' }],
  ['500', answered(500, error('Internal Server Error')), { kind: 'unknown', reason: 'http_500' }],
  ['503 from a proxy', answered(503, '<html>'), { kind: 'unknown', http_status: 503 }],
]

describe('F06 what became of a send through Gupshup', () => {
  test.each(cases)('%s', (_, answer, expected) => {
    const outcome: SendOutcome = classifyGupshupAnswer(answer)
    expect(outcome).toMatchObject(expected)
  })
})

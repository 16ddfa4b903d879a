import { describe, expect, test } from 'vitest'
import type { SendOutcome } from '../send-outcome.ts'
import { classifyAnswer } from './classify-answer.ts'
import type { HttpAnswer } from './http-answer.ts'

function answered(
  status: number,
  body: unknown,
  more: { retryAfter?: string; isCut?: boolean } = {},
): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const { retryAfter, isCut = false } = more
  return { kind: 'answered', status, retryAfter, body: Buffer.from(text), isCut }
}

const accepted = {
  messaging_product: 'whatsapp',
  contacts: [{ input: '+598 99 123 456', wa_id: '59899123456' }],
  messages: [{ id: 'wamid.PARLEY1', message_status: 'accepted' }],
}
const graphError = (code: number, more: object = {}) => ({
  error: { message: `(#${code}) No`, type: 'OAuthException', code, fbtrace_id: 'T', ...more },
})

const cases: [string, HttpAnswer, Partial<SendOutcome>][] = [
  [
    'refused connection',
    { kind: 'failed', isWritten: false, reason: 'ECONNREFUSED' },
    { kind: 'unsent', reason: 'ECONNREFUSED' },
  ],
  ['no socket in time', { kind: 'failed', isWritten: false, reason: 'timeout' }, { kind: 'unsent' }],
  [
    'reset after writing',
    { kind: 'failed', isWritten: true, reason: 'ECONNRESET' },
    { kind: 'unknown', http_status: null },
  ],
  ['timeout after writing', { kind: 'failed', isWritten: true, reason: 'timeout' }, { kind: 'unknown' }],
  [
    '200 with an id',
    answered(200, accepted),
    { kind: 'accepted', external_id: 'wamid.PARLEY1', held: false, wa_id: '59899123456' },
  ],
  [
    '200, held for quality',
    answered(200, { messages: [{ id: 'wamid.H', message_status: 'held_for_quality_assessment' }] }),
    { kind: 'accepted', external_id: 'wamid.H', held: true, wa_id: null },
  ],
  ['200 without an id', answered(200, { messages: [{}] }), { kind: 'unknown', http_status: 200 }],
  ['200 with an empty list', answered(200, { messages: [] }), { kind: 'unknown' }],
  ['200 with success only', answered(200, { success: true }), { kind: 'unknown' }],
  ['200 with broken JSON', answered(200, '{"messages":[{"id":"wamid.X"'), { kind: 'unknown' }],
  ['200 with an HTML page', answered(200, '<html>'), { kind: 'unknown' }],
  ['200 cut off', answered(200, accepted, { isCut: true }), { kind: 'unknown', reason: 'answer_cut_off' }],
  ['202', answered(202, accepted), { kind: 'unknown' }],
  ['204', answered(204, ''), { kind: 'unknown' }],
  ['302', answered(302, ''), { kind: 'unknown' }],
  ['500 with Meta error', answered(500, graphError(131000)), { kind: 'unknown', http_status: 500 }],
  [
    '500 in maintenance, as while the throughput is raised',
    answered(500, graphError(131057)),
    { kind: 'later', retry_after_ms: 60_000, http_status: 500 },
  ],
  ['500 for want of a certificate', answered(500, graphError(131045)), { kind: 'refused', http_status: 500 }],
  ['500 for a template that cannot be used', answered(500, graphError(134102)), { kind: 'refused' }],
  ['500 in maintenance, cut off', answered(500, graphError(131057), { isCut: true }), { kind: 'unknown' }],
  ['503 of the registration', answered(503, graphError(133004)), { kind: 'unknown' }],
  ['502 from a proxy', answered(502, '<html>Bad gateway</html>'), { kind: 'unknown', http_status: 502 }],
  ['503', answered(503, graphError(2)), { kind: 'unknown' }],
  ['400 from a proxy', answered(400, '<html>'), { kind: 'unknown', reason: 'answer_not_from_provider' }],
  ['404 without an error object', answered(404, { message: 'nope' }), { kind: 'unknown' }],
  ['413 from a proxy', answered(413, 'too large'), { kind: 'unknown' }],
  ['429 from a proxy', answered(429, 'slow down'), { kind: 'unknown' }],
  ['rate limit of the number', answered(400, graphError(130429)), { kind: 'later', retry_after_ms: null }],
  ['pair rate limit', answered(400, graphError(131056)), { kind: 'later' }],
  [
    'rate limit with Retry-After',
    answered(429, graphError(80007), { retryAfter: '7' }),
    { kind: 'later', retry_after_ms: 7000 },
  ],
  ['rate limit of the hour', answered(400, graphError(80007)), { kind: 'later', retry_after_ms: 300_000 }],
  ['429 with a code of its own', answered(429, graphError(999_001)), { kind: 'later', retry_after_ms: null }],
  [
    'Retry-After as a date',
    answered(429, graphError(4), { retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' }),
    { kind: 'later', retry_after_ms: 300_000 },
  ],
  ['template syncing', answered(400, graphError(134101)), { kind: 'later', retry_after_ms: 60_000 }],
  ['no such template', answered(404, graphError(132001)), { kind: 'refused', http_status: 404 }],
  [
    'token expired',
    answered(401, graphError(190)),
    { kind: 'refused', error: { code: '190', title: '(#190) No', detail: null } },
  ],
  [
    'undeliverable',
    answered(400, graphError(131026, { error_data: { details: 'Not on WhatsApp' } })),
    { kind: 'refused', error: { code: '131026', title: '(#131026) No', detail: 'Not on WhatsApp' } },
  ],
  ['a code nobody knows', answered(400, graphError(424_242)), { kind: 'refused', http_status: 400 }],
  [
    'code 100 with a telling subcode',
    answered(400, graphError(100, { error_subcode: 33 })),
    { kind: 'refused', error: { code: '33', title: '(#100) No', detail: null } },
  ],
  [
    'code 100 with another subcode',
    answered(400, graphError(100, { error_subcode: 2_494_055 })),
    { kind: 'refused', error: { code: '100', title: '(#100) No', detail: null } },
  ],
  [
    'T47 an echo of the token',
    answered(400, {
      error: {
        code: 190,
        message: 'Malformed access token EAAB12345678901234567890',
        error_data: { details: 'Got Authorization: Bearer abc123def456' },
      },
    }),
    {
      error: {
        code: '190',
        title: 'Malformed access token [redacted]',
        detail: 'Got Authorization: Bearer [redacted]',
      },
    },
  ],
  ['code as text', answered(400, { error: { code: '131030', message: 'x' } }), { kind: 'refused' }],
  ['null as error', answered(400, { error: null }), { kind: 'unknown' }],
]

describe('F06 what became of a send', () => {
  test.each(cases)('%s', (_, answer, expected) => {
    expect(classifyAnswer(answer)).toMatchObject(expected)
  })
})

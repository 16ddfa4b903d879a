import { connect } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ParleyError } from '../error.ts'
import { testParts } from '../testing/test-parts.ts'
import { actorOf } from './actor.ts'
import { openCursor, page, sealCursor } from './cursor.ts'
import { createHttpApp } from './http-app.ts'

const parts = testParts({ checkResponses: true })
const statuses: Partial<Record<string, number>> = {
  validation_failed: 422,
  unauthorized: 401,
  not_found: 404,
  payload_too_large: 413,
  unsupported_media_type: 415,
  unavailable: 503,
}
const app = createHttpApp(parts, { statusOf: (code) => statuses[code] ?? 500 })
const component = z.strictObject({ type: z.enum(['header', 'body']), text: z.string().min(1) })
const body = z.strictObject({ name: z.string(), components: z.array(component).optional() })
app.post(
  '/things',
  { schema: { body, response: { 200: z.object({ name: z.string() }) } } },
  async (request) => ({ name: request.body.name }),
)
app.post('/empty', async (request) => ({ hasBody: request.body !== undefined }))
app.get('/mine', async (request) => actorOf(request))
app.get('/broken', async () => {
  throw new Error('the password is canary')
})
app.get('/away', async () => {
  throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' })
})
app.get('/refused', async () => {
  throw new ParleyError('not_found', 'There is no such thing.', { id: 'x' })
})
const leaking = { name: 'a', password_hash: 'canary' }
app.get('/leaking', { schema: { response: { 200: z.object({ name: z.string() }) } } }, async () => leaking)
await app.ready()
afterAll(() => app.close())

async function post(url: string, payload: unknown) {
  const answer = await app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(payload) ?? '',
  })
  return { status: answer.statusCode, body: answer.json() }
}

describe('an invalid body', () => {
  it.each([
    [{}, 'name'],
    [{ name: 1 }, 'name'],
    [{ name: 'a', role: 'owner' }, 'role'],
    [
      {
        name: 'a',
        components: [
          { type: 'body', text: 'x' },
          { type: 'body', text: '' },
        ],
      },
      'components[1].text',
    ],
    [{ name: 'a', components: [{ type: 'body', text: 'x', id: 1 }] }, 'components[0].id'],
    [{ name: 'a\u0000' }, 'name'],
    [{ name: 'a', components: [{ type: 'body', text: 'x\ud83d' }] }, 'components[0].text'],
  ])('T23 %j is refused naming the field %s', async (payload, path) => {
    const answer = await post('/things', payload)
    expect(answer.status).toBe(422)
    expect(answer.body.error.code).toBe('validation_failed')
    expect(answer.body.error.details.fields.map((field: { path: string }) => field.path)).toEqual([path])
    expect(answer.body.error.request_id).toMatch(/^req_[0-9a-f]{32}$/)
  })

  it('with whole characters of any script is taken', async () => {
    expect((await post('/things', { name: '👩‍👩‍👧 שלום \u0001 \ufffd' })).status).toBe(200)
  })

  it('T09 with __proto__ or broken JSON is refused, not merged', async () => {
    for (const payload of [
      '{"name":"a","__proto__":{"role":"owner"}}',
      '{"name":',
      '{"name":"a","constructor":{"prototype":{}}}',
    ]) {
      const answer = await app.inject({
        method: 'POST',
        url: '/things',
        headers: { 'content-type': 'application/json' },
        payload,
      })
      expect(answer.statusCode).toBe(422)
    }
  })

  it('that is too large or of another type is refused in our own words', async () => {
    expect((await post('/things', { name: 'x'.repeat(1_100_000) })).body.error.code).toBe('payload_too_large')
    const xml = await app.inject({
      method: 'POST',
      url: '/things',
      headers: { 'content-type': 'text/xml' },
      payload: '<a/>',
    })
    expect(xml.json().error.code).toBe('unsupported_media_type')
  })
})

describe('answers', () => {
  it('take a POST that says JSON and sends nothing', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/empty',
      headers: { 'content-type': 'application/json' },
    })
    expect(answer.json()).toEqual({ hasBody: false })
  })

  it('carry the code, the sentence and the details of a refusal', async () => {
    const answer = await app.inject('/refused')
    expect(answer.statusCode).toBe(404)
    expect(answer.json().error).toMatchObject({
      code: 'not_found',
      message: 'There is no such thing.',
      details: { id: 'x' },
    })
    expect(answer.headers['x-request-id']).toBe(answer.json().error.request_id)
  })

  it('F04 that the database did not hear is told as 503, with when to come again', async () => {
    const answer = await app.inject('/away')
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toBe('2')
    expect(answer.json().error).toMatchObject({ code: 'unavailable' })
    expect(answer.body).not.toContain('10.0.0.7')
  })

  it('tell nothing about an error nobody expected', async () => {
    const answer = await app.inject('/broken')
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('canary')
  })

  it('are checked against the contract in tests, undeclared fields included', async () => {
    const answer = await app.inject('/leaking')
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('canary')
  })

  it('say not_found for an unknown address and unauthorized without an actor', async () => {
    expect((await app.inject('/nowhere')).json().error.code).toBe('not_found')
    expect((await app.inject('/mine')).statusCode).toBe(401)
  })
})

describe('cursors', () => {
  const rows = ['a', 'b', 'c'].map((id) => ({ id }))

  it('lead to the next page and end with null', () => {
    const options = {
      limit: 2,
      cursorOf: (row: { id: string }) => row.id,
      present: (row: { id: string }) => row.id,
    }
    const first = page(parts, rows, options)
    expect(first.data).toEqual(['a', 'b'])
    expect(openCursor(parts, first.next_cursor ?? '', /^\w$/)).toBe('b')
    expect(page(parts, rows.slice(2), options).next_cursor).toBeNull()
  })

  it('T24 are refused when they were not made here', () => {
    const cursor = sealCursor(parts, 'msg_1')
    for (const forged of [
      '',
      'x',
      cursor.slice(1),
      `${cursor.slice(0, 16)}${Buffer.from('msg_2').toString('base64url')}`,
    ]) {
      expect(() => openCursor(parts, forged)).toThrow('cursor')
    }
  })
})

describe('T24 a cursor of another list', () => {
  it('is refused, whatever its position looks like', () => {
    const id = `msg_${'0'.repeat(32)}`
    expect(openCursor(parts, sealCursor(parts, id))).toBe(id)
    for (const position of ['12', '0.17.4', `1700000000000 ${id}`, `${id}x`, '']) {
      expect(() => openCursor(parts, sealCursor(parts, position)), position).toThrow('next_cursor')
    }
    expect(() => openCursor(parts, sealCursor(parts, id), /^\d+\.\d+\.\d+$/)).toThrow('next_cursor')
  })
})

describe('T06 T51 slow and oversized requests', () => {
  it('are cut off', async () => {
    await app.listen({ host: '127.0.0.1', port: 0 })
    const address = app.server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    expect(app.server.headersTimeout).toBe(10_000)
    expect(await rawAnswer(port, `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 431/,
    )
    expect(
      await rawAnswer(
        port,
        'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      ),
    ).toMatch(/^HTTP\/1.1 400/)
  })
})

describe('T06 T51 a body that drips', () => {
  it('gets a 408 after its time, but not where a long body is expected', async () => {
    const slow = createHttpApp(parts, { statusOf: () => 500, bodyTimeoutMs: 200 })
    slow.post('/short', { config: { access: 'public' } }, async () => 'taken')
    slow.post('/long', { config: { access: 'public', longBody: true } }, async () => 'taken')
    await slow.listen({ host: '127.0.0.1', port: 0 })
    const address = slow.server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const head = (path: string) =>
      `POST ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{`
    expect(await rawAnswer(port, head('/short'))).toMatch(/^HTTP\/1.1 408/)
    expect(await rawAnswer(port, head('/long'), { later: '}', afterMs: 400 })).toMatch(/^HTTP\/1.1 200/)
    await slow.close()
  })
})

function rawAnswer(
  port: number,
  request: string,
  rest?: { later: string; afterMs: number },
): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    if (rest) setTimeout(() => socket.write(rest.later), rest.afterMs)
    socket.on('data', (chunk) => {
      answer += chunk.toString()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}

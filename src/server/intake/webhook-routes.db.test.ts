import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { metaBody, openIntake, openShop, type Shop, sign, text, verifyToken } from './testing/open-shop.ts'

const { ctx, app } = await openIntake()
let shop: Shop
let url: string

beforeAll(async () => {
  shop = await openShop(ctx)
  url = `/webhooks/meta/${shop.key}`
})

async function post(body: string | Buffer, headers: Record<string, string | string[]> = {}, to = url) {
  return await app.inject({
    method: 'POST',
    url: to,
    headers: { 'content-type': 'application/json', ...headers },
    payload: body,
  })
}

async function storedBodies(): Promise<Buffer[]> {
  const { rows } = await sql<{ body: Buffer }>`select body from inbound_logs order by id`.execute(
    ctx.db.worker,
  )
  return rows.map(({ body }) => body)
}

describe('verification', () => {
  const ask = (query: Record<string, string>, to = url) => app.inject({ method: 'GET', url: to, query })
  const right = { 'hub.mode': 'subscribe', 'hub.verify_token': verifyToken, 'hub.challenge': '1158201444' }

  it('echoes the challenge as plain text to whoever knows the token', async () => {
    const answer = await ask(right)
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toBe('1158201444')
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
  })

  it.each<[string, Record<string, string>]>([
    ['a wrong token', { ...right, 'hub.verify_token': 'guess' }],
    ['a longer token', { ...right, 'hub.verify_token': `${verifyToken}x` }],
    ['another mode', { ...right, 'hub.mode': 'unsubscribe' }],
    ['a challenge that is a page', { ...right, 'hub.challenge': '<script>alert(1)</script>' }],
    ['a challenge that is too long', { ...right, 'hub.challenge': 'a'.repeat(257) }],
    ['nothing', {}],
  ])('T11: refuses %s with 403', async (_, query) => {
    const answer = await ask(query)
    expect(answer.statusCode).toBe(403)
    expect(answer.body).not.toContain('<script>')
  })

  it('knows no other address, and no platform app that was not set up', async () => {
    expect((await ask(right, '/webhooks/meta/guess')).statusCode).toBe(404)
    expect((await ask(right, '/webhooks/meta')).statusCode).toBe(403)
  })
})

describe('a webhook', () => {
  it('is stored byte for byte before it is answered', async () => {
    const body = Buffer.concat([Buffer.from('{"ñ":"\\u0000\\ud800"'), Buffer.from([0xff, 0x00, 0x7d])])
    const answer = await post(body, { 'x-hub-signature-256': sign(body), 'user-agent': 'facebookexternalua' })
    expect(answer.statusCode).toBe(200)
    const { rows } = await sql`
      select workspace_id, connector_id, verdict, body, body_bytes, sha256 = sha256(body) as is_digest, headers
      from inbound_logs order by id desc limit 1`.execute(ctx.db.worker)
    expect(rows[0]).toEqual({
      workspace_id: shop.workspaceId,
      connector_id: shop.connectorId,
      verdict: 'received',
      body,
      body_bytes: body.length,
      is_digest: true,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'facebookexternalua',
        'x-hub-signature-256': sign(body),
      },
    })
  })

  it('is stored with a thousand others at once, none lost, none mixed up', async () => {
    const bodies = Array.from({ length: 1000 }, (_, n) => metaBody(shop, { n, pad: 'x'.repeat(n % 50) }))
    const answers = await Promise.all(bodies.map((body) => post(body, { 'x-hub-signature-256': sign(body) })))
    expect(answers.every((answer) => answer.statusCode === 200)).toBe(true)
    const stored = new Set((await storedBodies()).map((body) => body.toString()))
    expect(bodies.filter((body) => !stored.has(body))).toEqual([])
  })

  it('is taken whatever its content type', async () => {
    const body = metaBody(shop, { messages: [text('wamid.type', 'x')] })
    for (const type of ['text/plain', 'application/x-www-form-urlencoded'])
      expect((await post(body, { 'content-type': type, 'x-hub-signature-256': sign(body) })).statusCode).toBe(
        200,
      )
  })

  it('of a disconnected connector is stored all the same', async () => {
    const gone = await openShop(ctx)
    await sql`update connectors set status = 'DISCONNECTED' where id = ${gone.connectorId}`.execute(
      ctx.db.worker,
    )
    const body = metaBody(gone, {})
    const answer = await post(body, { 'x-hub-signature-256': sign(body) }, `/webhooks/meta/${gone.key}`)
    expect(answer.statusCode).toBe(200)
  })

  it('at an address that nobody has gets 404', async () => {
    const body = metaBody(shop, {})
    const answer = await post(body, { 'x-hub-signature-256': sign(body) }, '/webhooks/meta/guess')
    expect(answer.statusCode).toBe(404)
  })

  it('T06: that is too large gets 413', async () => {
    const body = Buffer.alloc(8 * 1024 * 1024 + 1, 0x20)
    expect((await post(body, { 'x-hub-signature-256': sign(body) })).statusCode).toBe(413)
  })

  it('T07: that is compressed is not opened', async () => {
    const body = gzipSync(Buffer.alloc(200 * 1024, 0x20))
    const count = (await storedBodies()).length
    const answer = await post(body, { 'content-encoding': 'gzip', 'x-hub-signature-256': sign(body) })
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(await storedBodies()).toHaveLength(count)
  })
})

describe('T01, T02: a signature that is missing or wrong', () => {
  const body = '{"object":"whatsapp_business_account","entry":[{"a":"\\u00f1\\/"}]}'
  const valid = sign(body)

  it.each<[string, string | Buffer, Record<string, string | string[]>]>([
    ['missing', body, {}],
    ['empty', body, { 'x-hub-signature-256': '' }],
    ['of the wrong kind', body, { 'x-hub-signature-256': valid.replace('sha256=', 'sha1=') }],
    ['too short', body, { 'x-hub-signature-256': valid.slice(0, -1) }],
    ['too long', body, { 'x-hub-signature-256': `${valid}0` }],
    ['no hex', body, { 'x-hub-signature-256': `${valid.slice(0, -2)}zz` }],
    ['in upper case', body, { 'x-hub-signature-256': `sha256=${valid.slice(7).toUpperCase()}` }],
    ['there twice', body, { 'x-hub-signature-256': [valid, valid] }],
    ['of another secret', body, { 'x-hub-signature-256': sign(body, 'other') }],
    ['of a body that was changed by one byte', body.replace('a', 'b'), { 'x-hub-signature-256': valid }],
    ['of a body that was written anew', JSON.stringify(JSON.parse(body)), { 'x-hub-signature-256': valid }],
    ['of no body', '', { 'x-hub-signature-256': valid }],
  ])('%s gets 401 with the same answer, and nothing is stored', async (_, sent, headers) => {
    const count = (await storedBodies()).length
    const answer = await post(sent, headers)
    expect(answer.statusCode).toBe(401)
    expect(answer.body).toBe('{"error":{"code":"signature_mismatch","message":"Signature mismatch"}}')
    expect(await storedBodies()).toHaveLength(count)
  })

  it('gets 401 at the platform address, which has no app', async () => {
    expect((await post(body, { 'x-hub-signature-256': sign(body, '') }, '/webhooks/meta')).statusCode).toBe(
      401,
    )
  })
})

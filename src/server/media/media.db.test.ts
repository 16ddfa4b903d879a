import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import { dirname } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MediaId, messageId, type NumberId, numberId } from '../../contract/index.ts'
import { type Actor, createHttpApp } from '../platform/index.ts'
import { type SeededWorkspace, seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { type Connection, createProviders } from '../providers/index.ts'
import { expectMedia } from './expect-media.ts'
import { fetchMedia } from './fetch-media.ts'
import { mediaPath } from './media-file.ts'
import { registerMediaRoutes } from './routes.ts'

const file = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])
const digest = createHash('sha256').update(file).digest()

const base = await testCtx()
const ctx = { ...base, providers: createProviders({ log: base.log }) }
/** Plays the provider: `gone` is no file any more, `locked` needs another token, everything else is the file. */
const provider = createServer((request, response) => {
  const id = request.url?.split(/[/?]/)[2] ?? ''
  if (id === 'gone') {
    response.writeHead(404).end(JSON.stringify({ error: { code: 100, message: 'Unsupported get request' } }))
  } else if (id === 'locked') {
    response.writeHead(401).end(JSON.stringify({ error: { code: 190, message: 'The token has expired' } }))
  } else if (request.url?.startsWith('/bytes')) response.end(file)
  else
    response.end(
      JSON.stringify({ url: `${origin}/bytes/1`, mime_type: 'image/jpeg', file_size: file.length }),
    )
}).listen(0, '127.0.0.1')
await once(provider, 'listening')
const address = provider.address()
const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`

const app = createHttpApp(ctx, { statusOf: (code) => (code === 'not_found' ? 404 : 500) })
let actor: Actor
app.addHook('onRequest', async (request) => {
  request.actor = actor
})
registerMediaRoutes(app, ctx)

let shop: SeededWorkspace
let number: NumberId
beforeAll(async () => {
  shop = await seedWorkspace(ctx)
  actor = shop.owner
  number = await insertNumber()
})
afterAll(async () => {
  provider.close()
  await app.close()
  await ctx.providers.close()
})

const connection: Connection = {
  provider: 'meta',
  graph_url: origin,
  graph_version: 'v25.0',
  waba_id: null,
  app_id: null,
  access_token: 'token',
  app_secret: 'secret',
  verify_token: 'verify',
}
const message = messageId.parse(ctx.random.id('msg'))

async function expectFile(
  external_id: string,
  told: { sha256?: string; mime_type?: string } = {},
): Promise<MediaId> {
  const row = { mime_type: 'image/jpeg', sha256: digest.toString('base64'), file_name: null, ...told }
  const id = await ctx.db.inWorkspace(shop.workspaceId, (tx) =>
    expectMedia(tx, shop.workspaceId, { ...row, external_id, number_id: number, message_id: message }),
  )
  if (id === null) throw new Error('Known already.')
  return id
}
const fetchIt = (id: MediaId) =>
  fetchMedia(ctx, shop.workspaceId, id, async () => ({ connection, phoneNumberId: '1' }))
const get = (id: MediaId, headers: Record<string, string> = {}) =>
  app.inject({ url: `/media/${id}`, headers })

describe('a file of an inbound message', () => {
  it('is fetched, kept under a name of ours, and served to its workspace with harmless headers', async () => {
    const id = await expectFile('photo')
    expect((await get(id)).statusCode).toBe(404)
    expect(await fetchIt(id)).toEqual({ outcome: 'stored', messageId: message })
    const answer = await get(id)
    expect(answer.rawPayload).toEqual(file)
    expect(answer.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': 'inline',
      'content-length': String(file.length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    })
    expect(await readdir(dirname(mediaPath(ctx.config, shop.workspaceId, id)))).toEqual([id])
  })

  it('is served in parts to whoever asks for them', async () => {
    const id = await expectFile('video')
    await fetchIt(id)
    const whole = (await get(id)).rawPayload
    const part = await get(id, { range: 'bytes=2-4' })
    expect(part.statusCode).toBe(206)
    expect(part.headers).toMatchObject({
      'accept-ranges': 'bytes',
      'content-range': `bytes 2-4/${whole.length}`,
      'content-length': '3',
    })
    expect(part.rawPayload).toEqual(whole.subarray(2, 5))
    const behind = await get(id, { range: `bytes=${whole.length}-` })
    expect([behind.statusCode, behind.headers['content-range']]).toEqual([416, `bytes */${whole.length}`])
  })

  it('may be fetched twice', async () => {
    const id = await expectFile('twice')
    const [first, second] = await Promise.all([fetchIt(id), fetchIt(id)])
    expect([first.outcome, second.outcome, (await fetchIt(id)).outcome]).toEqual([
      'stored',
      'stored',
      'stored',
    ])
  })

  it('that could be a page is handed out as a download', async () => {
    const id = await expectFile('page', { mime_type: 'text/html' })
    await fetchIt(id)
    expect((await get(id)).headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
    })
  })

  it('that is another one than was announced is not kept', async () => {
    const id = await expectFile('swapped', { sha256: Buffer.alloc(32).toString('base64') })
    expect(await fetchIt(id)).toMatchObject({ outcome: 'failed', isFinal: false })
    expect((await get(id)).statusCode).toBe(404)
  })

  it('that is refused for a reason that passes is asked for again', async () => {
    const id = await expectFile('locked')
    expect(await fetchIt(id)).toMatchObject({ outcome: 'failed', isFinal: false })
  })

  it('that the provider has not any more is given up', async () => {
    const id = await expectFile('gone')
    expect(await fetchIt(id)).toMatchObject({ outcome: 'failed', isFinal: true })
  })

  it('T20: of another workspace is not found', async () => {
    const id = await expectFile('private')
    await fetchIt(id)
    actor = (await seedWorkspace(ctx)).owner
    expect((await get(id)).statusCode).toBe(404)
    actor = shop.owner
    expect((await get(id)).statusCode).toBe(200)
  })
})

async function insertNumber(): Promise<NumberId> {
  const [connector, id] = [ctx.random.id('con'), numberId.parse(ctx.random.id('num'))]
  await sql`
    insert into connectors (workspace_id, id, provider, name, key, status, credentials_sealed)
    values (${shop.workspaceId}, ${connector}, 'meta', 'Shop', ${connector}, 'ACTIVE', '')`.execute(
    ctx.db.worker,
  )
  await sql`
    insert into numbers (workspace_id, id, connector_id, phone_number_id, display_phone_number, phone)
    values (${shop.workspaceId}, ${id}, ${connector}, '1', '+598 9123 4567', '59891234567')`.execute(
    ctx.db.worker,
  )
  return id
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import { inboundLogId } from '../../contract/index.ts'
import { findConnectorByKey, type KeyedConnector } from '../connectors/index.ts'
import { type Ctx, type HttpApp, isDatabaseAway, isEqual, ParleyError } from '../platform/index.ts'
import { verifyMetaSignature } from '../providers/index.ts'
import type { GroupCommit } from './group-commit.ts'
import { platformVerifyToken } from './platform-webhook.ts'
import { keptHeaders, partitionOf, type RawWebhook } from './raw-webhook.ts'
import { storeWebhooks } from './store-webhooks.ts'
import { challengeFor } from './verification.ts'

/** Meta sends up to 3 MB; https://developers.facebook.com/docs/graph-api/webhooks/getting-started, read 2026-11-20. */
const bodyBytesMax = 8 * 1024 * 1024
const retryAfterSeconds = 5

/** Always these bytes, whatever was wrong with the signature. */
const signatureMismatch = JSON.stringify({
  error: { code: 'signature_mismatch', message: 'Signature mismatch' },
})
const secretMismatch = JSON.stringify({ error: { code: 'unauthorized', message: 'Wrong secret' } })

/** What providers call, outside the API. Bodies stay raw: the signature is over bytes, and parsing comes after the answer. */
export function registerIntakeRoutes(app: HttpApp, ctx: Ctx): void {
  const store = storeWebhooks(ctx)
  const count = countWebhooks(ctx, store)
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: bodyBytesMax },
      (_request, body, done) => {
        done(null, body)
      },
    )
    registerKeyed(scope, ctx, { store, count })
    registerGupshup(scope, ctx, { store, count })
    registerPlatform(scope, ctx, { store, count })
  })
}

interface Intake {
  store: GroupCommit<RawWebhook>
  count: (outcome: 'stored' | 'refused' | 'busy') => void
}

const hidden = { schema: { hide: true }, config: { access: 'public' } } as const

function registerKeyed(app: HttpApp, ctx: Ctx, intake: Intake): void {
  const url = '/webhooks/meta/:key'
  app.get(url, hidden, async (request, reply) => {
    const connector = await findConnectorByKey(ctx, keyOf(request))
    if (!connector) throw unknownAddress()
    return answerChallenge(reply, challengeFor(request.query, connector.verify_token))
  })
  app.post(url, hidden, async (request, reply) => {
    const connector = await findConnectorByKey(ctx, keyOf(request))
    if (!connector?.app_secret) throw unknownAddress()
    const isGenuine = isSigned(request, [connector.app_secret])
    return takeIn(ctx, intake, { request, reply, connector, source: 'meta', isGenuine })
  })
}

/**
 * Gupshup signs nothing: the secret at the end of the address is the proof. It wants its answer empty. An address that
 * was never given out gets the same answer as a wrong secret.
 */
function registerGupshup(app: HttpApp, ctx: Ctx, intake: Intake): void {
  app.post('/webhooks/gupshup/:key/:secret', hidden, async (request, reply) => {
    const connector = await findConnectorByKey(ctx, keyOf(request))
    const secret = connector?.callback_secret ?? null
    const isGenuine = secret !== null && isEqual(paramOf(request, 'secret'), secret)
    return takeIn(ctx, intake, { request, reply, connector, source: 'gupshup', isGenuine })
  })
}

/** One address for all connectors of the platform's own app; the worker finds out whose each fact is. */
function registerPlatform(app: HttpApp, ctx: Ctx, intake: Intake): void {
  const url = '/webhooks/meta'
  app.get(url, hidden, async (request, reply) =>
    answerChallenge(reply, challengeFor(request.query, platformVerifyToken(ctx))),
  )
  app.post(url, hidden, async (request, reply) => {
    const { metaApp } = ctx.config
    const secrets = metaApp === null ? [] : [metaApp.appSecret.reveal()]
    const isGenuine = isSigned(request, secrets)
    return takeIn(ctx, intake, { request, reply, connector: null, source: 'meta', isGenuine })
  })
}

interface Delivery {
  request: FastifyRequest
  reply: FastifyReply
  connector: KeyedConnector | null
  source: RawWebhook['source']
  /** Whether it comes from whom it says. */
  isGenuine: boolean
}

async function takeIn(
  ctx: Ctx,
  { store, count }: Intake,
  { request, reply, connector, source, isGenuine }: Delivery,
): Promise<FastifyReply> {
  const { headers } = request
  const body = bodyOf(request)
  if (!isGenuine) {
    count('refused')
    const answer = source === 'meta' ? signatureMismatch : secretMismatch
    return reply.code(401).type('application/json; charset=utf-8').send(answer)
  }
  refuseEncoding(headers['content-encoding'])
  if (store.isFull) {
    count('busy')
    return answerBusy(reply)
  }
  const webhook: RawWebhook = {
    id: inboundLogId.parse(ctx.random.id('inl')),
    workspaceId: connector?.workspace_id ?? null,
    connectorId: connector?.id ?? null,
    source,
    partition: partitionOf(body, connector?.id ?? null),
    body,
    headers: keptHeaders(headers),
  }
  try {
    await store.add(webhook, body.length)
  } catch (error) {
    const { connectorId: connector_id } = webhook
    if (isDatabaseAway(error)) ctx.log.warn({ reason: error.message, connector_id }, 'webhook not stored')
    else ctx.log.error({ error, connector_id }, 'webhook not stored')
    return answerBusy(reply)
  }
  count('stored')
  return reply.code(200).send()
}

/** The provider keeps what isn't answered 200 and sends it again, for days. */
function answerBusy(reply: FastifyReply): FastifyReply {
  return reply
    .code(503)
    .header('retry-after', String(retryAfterSeconds))
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ error: { code: 'unavailable', message: 'Too busy, please send it again.' } }))
}

function answerChallenge(reply: FastifyReply, challenge: string | null): FastifyReply {
  if (challenge === null)
    throw new ParleyError('verify_token_mismatch', 'The verify token is not the one of this connector.')
  return reply.type('text/plain; charset=utf-8').header('x-content-type-options', 'nosniff').send(challenge)
}

/** Meta compresses nothing, and a small compressed body may hide a huge one. */
function refuseEncoding(encoding: string | undefined): void {
  if (encoding !== undefined && encoding !== 'identity')
    throw new ParleyError('unsupported_media_type', 'Send the body as it is, without compression.')
}

function isSigned(request: FastifyRequest, secrets: readonly string[]): boolean {
  return verifyMetaSignature(bodyOf(request), request.headers['x-hub-signature-256'], [...secrets])
}

function bodyOf({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0)
}

function keyOf(request: FastifyRequest): string {
  return paramOf(request, 'key')
}

function paramOf({ params }: FastifyRequest, name: string): string {
  const value: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined
  return typeof value === 'string' ? value : ''
}

function unknownAddress(): ParleyError {
  return new ParleyError('not_found', 'There is no connector at this address.')
}

function countWebhooks({ metrics }: Ctx, store: GroupCommit<RawWebhook>): Intake['count'] {
  const counter = metrics.counter(
    'parley_intake_webhooks_total',
    'Webhooks of providers by what became of them',
    ['outcome'],
  )
  const waiting = metrics.gauge('parley_intake_waiting', 'Webhooks that wait for their commit')
  const of = {
    stored: counter.labels('stored'),
    refused: counter.labels('refused'),
    busy: counter.labels('busy'),
  }
  return (outcome) => {
    of[outcome].inc()
    waiting.set(store.waitingCount)
  }
}

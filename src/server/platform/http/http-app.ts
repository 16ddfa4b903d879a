import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Ctx } from '../context.ts'
import { ParleyError } from '../error.ts'
import { answerError, type StatusOf } from './answer-error.ts'
import { limitBodyTime } from './limit-body-time.ts'
import { compileSerializer } from './serialization.ts'
import { compileValidator } from './validation.ts'

/** Routes take their schemas from the contract: validation, types and OpenAPI follow from them. */
export type HttpApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Media types of an answer that is a file or a stream; JSON is described by the response's schema. */
    answersWith?: readonly string[]
  }
}

export type HttpParts = Pick<Ctx, 'config' | 'log' | 'metrics' | 'random'>

export interface HttpAppOptions {
  statusOf: StatusOf
  /** Gives the path that the router sees. */
  rewriteUrl?: (request: { url?: string | undefined }) => string
  /** How long a body may take, but for routes with `longBody`. */
  bodyTimeoutMs?: number
}

/** Half of Node's usual patience and less: a client that drips bytes must not hold a connection for minutes. */
const limits = {
  headersTimeoutMs: 10_000,
  bodyTimeoutMs: 15_000,
  /** For the longest of bodies, files on slow lines: see limitBodyTime. */
  requestTimeoutMs: 3_600_000,
  timeoutCheckEveryMs: 1_000,
  keepAliveTimeoutMs: 72_000,
  headerBytesMax: 16 * 1024,
  bodyBytesMax: 1024 * 1024,
}

export function createHttpApp(
  ctx: HttpParts,
  { statusOf, rewriteUrl, bodyTimeoutMs = limits.bodyTimeoutMs }: HttpAppOptions,
): HttpApp {
  const app = Fastify({
    logger: false,
    genReqId: () => ctx.random.id('req'),
    requestIdHeader: false,
    // A proxy on this machine or in its private network tells the caller's address; nobody else is believed.
    trustProxy: ['loopback', 'linklocal', 'uniquelocal'],
    ...(rewriteUrl ? { rewriteUrl } : {}),
    bodyLimit: limits.bodyBytesMax,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    http: {
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: limits.timeoutCheckEveryMs,
      maxHeaderSize: limits.headerBytesMax,
    },
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true },
    return503OnClosing: true,
    forceCloseConnections: 'idle',
  }).withTypeProvider<ZodTypeProvider>()

  app.setValidatorCompiler(compileValidator)
  app.setSerializerCompiler(compileSerializer(ctx.config.checkResponses))
  app.decorateRequest('actor', null)
  acceptEmptyJson(app)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.addHook('onRequest', limitBodyTime(bodyTimeoutMs))
  app.addHook('onResponse', logRequests(ctx))
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, statusOf, ctx.log))
  app.setNotFoundHandler((request, reply) => {
    const missing = new ParleyError('not_found', 'There is nothing at this address.')
    answerError(missing, request, reply, statusOf, ctx.log)
  })
  return app
}

/** Many clients send the JSON content type with every POST, also with those that have no body. */
function acceptEmptyJson(app: HttpApp): void {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined)
    else parseJson(request, body.toString(), done)
  })
}

/** One line per request. The route's pattern, not the address: addresses carry ids and secrets of webhooks. */
function logRequests({ log, metrics }: HttpParts) {
  const durations = metrics.histogram('parley_http_request_seconds', 'Requests by route and status', [
    'route',
    'status',
  ])
  return async (
    request: {
      id: string
      method: string
      routeOptions: { url?: string | undefined }
      actor: { workspaceId: string; id: string } | null
    },
    reply: { statusCode: number; elapsedTime: number },
  ): Promise<void> => {
    const route = `${request.method} ${request.routeOptions.url ?? '(none)'}`
    durations.labels(route, String(reply.statusCode)).observe(reply.elapsedTime / 1_000)
    log.debug(
      {
        request_id: request.id,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        workspace_id: request.actor?.workspaceId,
        actor_id: request.actor?.id,
      },
      'request',
    )
  }
}

import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { Callbacks } from './callbacks/callbacks.ts'
import { Timetable } from './callbacks/timetable.ts'
import { registerControlRoutes } from './control/control-routes.ts'
import type { Emulator } from './emulator.ts'
import { registerAppRoutes } from './graph/app-routes.ts'
import { sendFault } from './graph/graph-route.ts'
import { registerMediaRoutes } from './graph/media-routes.ts'
import { registerNumberRoutes } from './graph/number-routes.ts'
import { registerObjectRoutes } from './graph/object-routes.ts'
import { registerTemplateRoutes } from './graph/template-routes.ts'
import { registerWabaRoutes } from './graph/waba-routes.ts'
import { registerGupshupRoutes } from './gupshup/gupshup-routes.ts'
import { goOn } from './journal/go-on.ts'
import type { Journal } from './journal/journal.ts'
import { type JournalOptions, openJournal } from './journal/open-journal.ts'
import { LiveFeed } from './live-feed.ts'
import { serveMessages } from './sending/messages-endpoint.ts'
import { createWorld, type World } from './world/world.ts'

export interface EmulatorOptions {
  host: string
  /** 0 picks a free one. */
  port: number
  /** Repeats every draw of the switches. */
  seed?: number
  /** Where everything is kept for the next start; without it all is forgotten. */
  journal?: JournalOptions | undefined
  log?: (line: string) => void
}

export interface RunningEmulator {
  url: string
  port: number
  stop(): Promise<void>
}

const SIMULATOR_FOLDER = fileURLToPath(new URL('./simulator/', import.meta.url))

/** Starts a pretend Meta and Gupshup: both APIs, callbacks, control API and the phone simulator on one port. */
export async function startEmulator(options: EmulatorOptions): Promise<RunningEmulator> {
  const world = createWorld(options.seed ?? Date.now())
  const kept = options.journal && (await openJournalAt(options, options.journal, world))
  const journal = kept?.journal
  let url = ''
  const callbacks = new Callbacks(world, journal, () => url)
  const timetable = new Timetable()
  const emulator: Emulator = { world, callbacks, timetable, live: new LiveFeed(), journal, url: () => url }
  const http = buildHttp(emulator)
  await http.listen({ host: options.host, port: options.port })
  const address = http.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  url = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`
  options.log?.(`emulator listens at ${url}`)
  if (kept !== undefined) goOn(emulator, kept.owed)
  return {
    url,
    port,
    stop: async () => {
      timetable.clear()
      await callbacks.close()
      http.server.closeAllConnections()
      await http.close()
      journal?.close()
    },
  }
}

/** Whoever can't listen must not take the journal from the one who does. */
async function openJournalAt({ host, port }: EmulatorOptions, journal: JournalOptions, world: World) {
  const probe = createServer().listen({ host, port })
  await once(probe, 'listening')
  probe.close()
  await once(probe, 'close')
  return openJournal(world, journal)
}

function buildHttp(emulator: Emulator): FastifyInstance {
  const http = fastify({
    logger: false,
    bodyLimit: 110 * 1024 * 1024,
    forceCloseConnections: true,
    serverFactory: (listener) => messagesFirst(emulator, listener),
  })
  http.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  if (emulator.journal !== undefined) noteChanges(http, emulator.journal)
  http.register(async (graph) => {
    // Graph clients post without a body and yet say application/json; an empty body means no parameters.
    graph.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
      try {
        done(null, String(body).trim() === '' ? {} : JSON.parse(String(body)))
      } catch {
        done(null, {})
      }
    })
    graph.setErrorHandler((error, _request, reply) =>
      sendFault(reply, { code: 1, message: error instanceof Error ? error.message : 'Unknown error' }),
    )
    registerAppRoutes(graph, emulator)
    registerNumberRoutes(graph, emulator)
    registerWabaRoutes(graph, emulator)
    registerTemplateRoutes(graph, emulator)
    registerMediaRoutes(graph, emulator)
    registerObjectRoutes(graph, emulator)
  })
  http.register(async (gupshup) => registerGupshupRoutes(gupshup, emulator))
  http.register(async (control) => registerControlRoutes(control, emulator))
  http.register(fastifyStatic, { root: SIMULATOR_FOLDER, setHeaders: withPolicy })
  return http
}

/** Whoever is told that something was done can rely on it, also when the process dies in the next moment. */
function noteChanges(http: FastifyInstance, journal: Journal): void {
  http.addHook('onSend', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return
    journal.touch()
    await new Promise<void>((resolve) => journal.afterWrite(resolve))
  })
}

function withPolicy(reply: FastifyReply): void {
  const policy = "default-src 'self'; img-src 'self' data: https:; object-src 'none'; base-uri 'none'"
  reply.header('content-security-policy', policy)
  reply.header('x-content-type-options', 'nosniff')
  reply.header('cache-control', 'no-cache')
}

function messagesFirst(emulator: Emulator, listener: RequestListener): Server {
  return createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    if (!serveMessages(emulator, request, response)) listener(request, response)
  })
}

import type { FastifyInstance } from 'fastify'
import type { Emulator } from '../emulator.ts'

const KEEP_ALIVE_MS = 15_000

/** `GET /_control/live`: server-sent events of everything that happens on the phones. */
export function registerLiveRoutes(http: FastifyInstance, emulator: Emulator): void {
  http.get('/_control/live', (request, reply) => {
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'keep-alive',
    })
    raw.write(': hello\n\n')
    const unsubscribe = emulator.live.subscribe((event) => raw.write(`data: ${JSON.stringify(event)}\n\n`))
    const keepAlive = setInterval(() => raw.write(': still here\n\n'), KEEP_ALIVE_MS)
    request.raw.on('close', () => {
      clearInterval(keepAlive)
      unsubscribe()
    })
  })
}

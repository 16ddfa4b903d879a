import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { afterEach } from 'vitest'

/** A customer's endpoint that writes down what comes and answers as told. */
export interface Receiver {
  url: string
  requests: { headers: IncomingHttpHeaders; body: Buffer; atMs: number }[]
  answer: Answer
  /** For answers that depend on what came; else all get the same. */
  answerTo?: (body: string) => Answer
}

interface Answer {
  status: number
  headers?: Record<string, string>
  body?: string | Buffer
  afterMs?: number
}

/** Receivers that are closed after each test of the file. */
export function startReceivers() {
  const servers: { close(): unknown }[] = []
  const sockets = new Set<Socket>()

  afterEach(() => {
    for (const socket of sockets) socket.destroy()
    for (const server of servers.splice(0)) server.close()
  })

  async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
    server.on('connection', (socket: Socket) => sockets.add(socket))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    servers.push(server)
    const address = server.address()
    return `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/webhooks`
  }

  async function receiver(answer: Answer = { status: 200 }): Promise<Receiver> {
    const played: Receiver = { url: '', requests: [], answer }
    const listener: RequestListener = async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const sent = Buffer.concat(chunks)
      played.requests.push({ headers: request.headers, body: sent, atMs: performance.now() })
      const answer = played.answerTo?.(sent.toString()) ?? played.answer
      const { status, headers, body = 'thanks', afterMs = 0 } = answer
      setTimeout(() => response.writeHead(status, headers).end(body), afterMs)
    }
    played.url = `http://${await listen(createServer(listener))}`
    return played
  }

  return {
    receiver,
    server: async (server: Server, scheme = 'http') => `${scheme}://${await listen(server)}`,
    /** Answers with bytes of the test's own making. */
    raw: async (behave: (socket: Socket) => void) => {
      const server = createTcpServer((socket) =>
        socket.on('error', () => undefined).once('data', () => behave(socket)),
      )
      return `http://${await listen(server)}`
    },
  }
}

import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { eventually } from './api.ts'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  text: string
  body: Record<string, unknown>
}

/** A customer's server: takes what comes to any path, and checks it with the official library once it has the secret. */
export interface Customer {
  url: string
  received: Received[]
  /** What came to this path and fits, as soon as it is there. */
  heard(path: string, fits: (body: Record<string, unknown>) => boolean): Promise<Received>
  /** Requests to this path are verified from now on. */
  trust(path: string, secret: string): void
  /** Of requests that did not pass; empty when all is well. */
  refused: string[]
  close(): Promise<void>
}

export async function startCustomer(): Promise<Customer> {
  const received: Received[] = []
  const refused: string[] = []
  const secrets = new Map<string, string>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const [path, text] = [request.url ?? '/', Buffer.concat(chunks).toString('utf8')]
    response.writeHead(204).end()
    const secret = secrets.get(path)
    try {
      if (secret !== undefined) new Webhook(secret).verify(text, headersOf(request.headers))
      received.push({ path, headers: request.headers, text, body: JSON.parse(text) })
    } catch (error) {
      refused.push(`${path}: ${String(error)}`)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    refused,
    trust: (path, secret) => secrets.set(path, secret),
    heard: (path, fits) =>
      eventually(async () => {
        const found = received.find((one) => one.path === path && fits(one.body))
        if (found === undefined) throw new Error(`Nothing that fits came to ${path}.`)
        return found
      }),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function headersOf(headers: IncomingHttpHeaders): Record<string, string> {
  const texts = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  return Object.fromEntries(texts)
}

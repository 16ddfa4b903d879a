import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { Webhook } from 'standardwebhooks'

/** A customer's receiver: checks signatures and remembers the ids of what it took. */
export interface Customer {
  url: string
  /** Of events that were answered 200, each once. */
  readonly taken: ReadonlySet<string>
  readonly badSignatures: number
  setSecret(secret: string): void
  /** up: takes everything; down: cuts connections; shaky: every tenth request fails. */
  setMood(mood: 'up' | 'down' | 'shaky'): void
  close(): Promise<void>
}

export async function openCustomer(): Promise<Customer> {
  const taken = new Set<string>()
  let webhook: Webhook | null = null
  let mood: 'up' | 'down' | 'shaky' = 'up'
  let requests = 0
  let badSignatures = 0

  const server = createServer((request, response) => {
    readBody(request).then(
      (body) => {
        requests += 1
        if (mood === 'down') return response.destroy()
        if (mood === 'shaky' && requests % 10 === 0) return response.writeHead(503).end()
        const id = verifiedId(webhook, request, body)
        if (id === null) badSignatures += 1
        else taken.add(id)
        return response.writeHead(id === null ? 400 : 200).end()
      },
      () => response.destroy(),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port was given.')
  return {
    url: `http://127.0.0.1:${address.port}/events`,
    taken,
    get badSignatures() {
      return badSignatures
    },
    setSecret: (secret) => {
      webhook = new Webhook(secret)
    },
    setMood: (wanted) => {
      mood = wanted
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function verifiedId(webhook: Webhook | null, { headers }: IncomingMessage, body: string): string | null {
  const [id, timestamp, signature] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    String(headers[name] ?? ''),
  )
  if (id === undefined || timestamp === undefined || signature === undefined) return null
  try {
    webhook?.verify(body, {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signature,
    })
    return id
  } catch {
    return null
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

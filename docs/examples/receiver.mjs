// A receiver of Parley's webhooks. Run it with:
//   npm install standardwebhooks
//   PARLEY_WEBHOOK_SECRET=whsec_… PORT=4000 node receiver.mjs
import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(process.env.PARLEY_WEBHOOK_SECRET ?? '')
const bodyBytesMax = 1024 * 1024

/** A delivery may come twice. In your own system, remember ids in the transaction that does the work. */
const seen = new Set()

const server = createServer(async (request, response) => {
  // Null when it is too long, or the sender breaks off: without the catch, anybody could end this program that way.
  const body = await readBody(request).catch(() => null)
  if (body === null) return response.writeHead(413).end()
  let event
  try {
    // The raw text, as it came: parsed and written again it would have another signature.
    event = webhook.verify(body, request.headers)
  } catch {
    return response.writeHead(401).end()
  }
  // Answer first, work afterwards: after 15 seconds Parley counts an attempt as failed.
  response.writeHead(204).end()
  const id = request.headers['webhook-id']
  if (seen.has(id)) return
  seen.add(id)
  handle(event)
})

function handle(event) {
  switch (event.event) {
    case 'message.received':
      console.log(`${event.from} wrote: ${event.message_text}`)
      break
    case 'message.failed':
      console.log(`${event.to} was not reached: ${event.error?.reason}`)
      break
    case 'recipient.opted_out':
      console.log(`${event.from} wants no more messages`)
      break
    default:
      // New types may come: leave what you don't know.
      console.log(event.event)
  }
}

async function readBody(request) {
  const chunks = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > bodyBytesMax) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

server.listen(Number(process.env.PORT ?? 4000), '127.0.0.1', () => {
  console.log(`listening on port ${server.address().port}`)
})

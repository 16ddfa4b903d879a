import { once } from 'node:events'
import { createServer } from 'node:http'
import { type Api, apiOf, eventually } from '../rig/api.ts'
import {
  createKey,
  freePort,
  type HubOptions,
  type Process,
  startHub,
  temporaryDirectory,
} from '../rig/processes.ts'
import { alwaysOpen, approvedTemplate, type List, matchOf, waitForList } from '../rig/shop.ts'
import { verifyWebhook } from '../src/client/index.ts'
import { printTable } from './print-table.ts'

const rows = 1000
const signIn = { email: 'olivia@example.com', password: 'a-long-enough-password' }

interface Stage {
  hub: Process
  api: Api
  control: Api
  numberId: string
  phoneNumberId: string
}

interface DemoOptions extends HubOptions {
  sandboxPort: number
}

interface Step {
  step: string
  result: string
  seconds: number
}

/** A throw-away hub with a scripted day, played through the public API and the sandbox; stays up until it is stopped. */
async function main(): Promise<void> {
  const steps: Step[] = []
  async function play<Result>(
    step: string,
    act: () => Promise<{ value: Result; result: string }>,
  ): Promise<Result> {
    process.stdout.write(`${step} … `)
    const begunAt = performance.now()
    const { value, result } = await act()
    const seconds = (performance.now() - begunAt) / 1000
    console.log(result)
    steps.push({ step, result, seconds })
    return value
  }

  const directory = await temporaryDirectory()
  const { PORT } = process.env
  const port = Number(PORT ?? (await freePort()))
  const sandboxPort = PORT === undefined ? await freePort() : port + 1
  const env = { PARLEY_SANDBOX_PORT: String(sandboxPort) }
  const options: DemoOptions = { dataDir: directory.path, port, sandboxPort, env }
  const stage = await play('Start a hub with its own PostgreSQL and a sandbox number', () =>
    openStage(options),
  )
  const receiver = await startReceiver()
  const secret = await play('Register a customer webhook', () => registerEndpoint(stage.api, receiver.url))
  receiver.expectSecret(secret)
  await play('Invite an agent, who joins', () => inviteAgent(stage))
  await play('Add contacts', () => addContacts(stage.api))
  await play('A customer writes, an agent answers, the customer reads', () => playConversation(stage))
  await play(`Send a list of ${rows} template messages to the end`, () => playList(stage))
  await play('The customer webhook got signed events and verified them', () => countEvents(receiver))

  console.log()
  printTable(steps.map(({ step, result, seconds }) => [step, result, `${seconds.toFixed(1)} s`]))
  console.log(
    `\nStill running. Open ${stage.hub.url} and sign in as ${signIn.email} with "${signIn.password}".`,
  )
  console.log(`The customer's phone: ${sandboxUrl(options)}   Stop with Ctrl-C; nothing is kept.`)
  await untilStopped()
  await stage.hub.stop()
  receiver.close()
  await directory.remove()
}

function sandboxUrl({ sandboxPort }: DemoOptions): string {
  return `http://127.0.0.1:${sandboxPort}`
}

async function openStage(options: DemoOptions): Promise<{ value: Stage; result: string }> {
  const hub = await startHub(options)
  const api = apiOf(hub.url, await createKey(options))
  const connected = await api.send<{
    numbers: { id: string; phone_number_id: string; display_phone_number: string }[]
  }>('POST', '/api/v1/connectors', { provider: 'sandbox', name: 'Sandbox' })
  const number = connected.body.numbers?.[0]
  if (number === undefined)
    throw new Error(`The sandbox was not connected: ${JSON.stringify(connected.body)}`)
  const control = apiOf(sandboxUrl(options))
  const stage = { hub, api, control, numberId: number.id, phoneNumberId: number.phone_number_id }
  return { value: stage, result: `${hub.url}, number ${number.display_phone_number}` }
}

interface Receiver {
  url: string
  verified: Map<string, number>
  refused: number
  expectSecret(secret: string): void
  close(): void
}

/** A customer's system: takes POSTs, verifies their signature over the raw bytes, and counts them by event. */
async function startReceiver(): Promise<Receiver> {
  let secret = ''
  const verified = new Map<string, number>()
  const receiver: Receiver = {
    url: '',
    verified,
    refused: 0,
    expectSecret: (value) => (secret = value),
    close: () => server.close(),
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    try {
      const body = verifyWebhook(secret, Buffer.concat(chunks), request.headers)
      const event =
        typeof body === 'object' && body !== null && 'event' in body ? String(body.event) : 'unknown'
      verified.set(event, (verified.get(event) ?? 0) + 1)
    } catch {
      receiver.refused += 1
    }
    response.writeHead(200).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port.')
  receiver.url = `http://127.0.0.1:${address.port}/webhooks`
  return receiver
}

async function registerEndpoint(api: Api, url: string): Promise<{ value: string; result: string }> {
  const { body } = await api.send<{ secret: string }>('POST', '/api/v1/webhook-endpoints', {
    name: 'Our CRM',
    destination_url: url,
    events: [
      'message.received',
      'message.sent',
      'message.delivered',
      'message.read',
      'message.failed',
      'list.started',
      'list.finished',
    ],
  })
  return { value: body.secret, result: url }
}

async function inviteAgent({ api, hub }: Stage): Promise<{ value: undefined; result: string }> {
  const invited = await api.send<{ link: string }>('POST', '/api/v1/invitations', {
    email: 'adam@example.com',
    role: 'agent',
  })
  const token = new URL(invited.body.link).searchParams.get('token')
  const joined = await apiOf(hub.url).send(
    'POST',
    '/api/v1/invitations/accept',
    { token, name: 'Adam Agent', password: signIn.password },
    { origin: hub.url },
  )
  if (joined.status >= 300) throw new Error(`The invitation was not accepted: ${JSON.stringify(joined.body)}`)
  return { value: undefined, result: 'adam@example.com' }
}

async function addContacts(api: Api): Promise<{ value: undefined; result: string }> {
  const names = ['Ana Souza', 'Bruno Díaz', 'Carla Rey', 'Dário Melo', 'Elsa Ortiz']
  for (const [index, name] of names.entries()) {
    const { status } = await api.send('POST', '/api/v1/contacts', { phone: `5989900010${index}`, name })
    if (status >= 300) throw new Error(`The contact was not added: ${status}`)
  }
  return { value: undefined, result: `${names.length} contacts` }
}

async function playConversation({
  api,
  control,
  phoneNumberId,
}: Stage): Promise<{ value: undefined; result: string }> {
  const phone = '59899000100'
  const begunAt = performance.now()
  await control.send('POST', `/_control/customers/${phone}/messages`, {
    to: phoneNumberId,
    name: 'Ana',
    type: 'text',
    text: 'Hi! Is the blue one back in stock?',
  })
  const conversation = await eventually(async () => {
    const { body } = await api.get<{ data: { id: string; contact: { phone: string } }[] }>(
      '/api/v1/conversations',
    )
    const found = body.data.find((each) => each.contact.phone === phone)
    if (found === undefined) throw new Error('The message did not arrive.')
    return found
  })
  const arrivedMs = Math.round(performance.now() - begunAt)
  await api.send('POST', `/api/v1/conversations/${conversation.id}/messages`, {
    type: 'text',
    text: { body: 'Yes, since this morning. Shall I put one aside?' },
  })
  await eventually(async () => {
    const { body } = await api.get<{ data: { direction: string; status: string }[] }>(
      `/api/v1/conversations/${conversation.id}/messages`,
    )
    const answer = body.data.find((message) => message.direction === 'out')
    if (answer?.status !== 'read') throw new Error(`The answer is ${answer?.status}.`)
  })
  return { value: undefined, result: `in the inbox after ${arrivedMs} ms, answer read` }
}

async function playList({ api, numberId }: Stage): Promise<{ value: undefined; result: string }> {
  const template = await approvedTemplate(api, 'UTILITY')
  const campaign = await api.send<{ id: string }>('POST', '/api/v1/campaigns', {
    name: 'Orders',
    number_id: numberId,
    time_zone: 'America/Montevideo',
    schedule: alwaysOpen,
    template_ids: [template.id],
  })
  const hub = await api.send<{ id: string }>('POST', '/api/v1/hubs', {
    name: 'Order updates',
    campaign_id: campaign.body.id,
    channel: 'whatsapp',
    template_id: template.id,
  })
  const { columns, variables } = matchOf(template)
  const lines = Array.from({ length: rows }, (_, index) =>
    [`5989${2_000_000 + index}`, ...columns.map((value) => `${value}-${index}`)].join(','),
  )
  const csv = [['phone', ...columns].join(','), ...lines].join('\n')
  const { body: list } = await api.upload<List>(`/api/v1/hubs/${hub.body.id}/lists`, 'orders.csv', csv)
  await api.send('PUT', `/api/v1/lists/${list.id}/match`, { phone: 'phone', variables })
  const begunAt = performance.now()
  await api.send('POST', `/api/v1/lists/${list.id}/start`)
  await waitForList(api, list.id, 'finished')
  const seconds = (performance.now() - begunAt) / 1000
  const counts = await eventually(async () => {
    const { body } = await api.get<List>(`/api/v1/lists/${list.id}`)
    if (body.counts.delivered + body.counts.failed < rows)
      throw new Error(`Delivered: ${body.counts.delivered}.`)
    return body.counts
  })
  const result = `${counts.sent} sent, ${counts.delivered} delivered, ${counts.failed} failed; ${Math.round(rows / seconds)} per second`
  return { value: undefined, result }
}

async function countEvents(receiver: Receiver): Promise<{ value: undefined; result: string }> {
  await eventually(async () => {
    if ((receiver.verified.get('message.delivered') ?? 0) < rows)
      throw new Error('Events are still on their way.')
  }, 60_000)
  const total = [...receiver.verified.values()].reduce((sum, count) => sum + count, 0)
  return {
    value: undefined,
    result: `${total} verified, ${receiver.refused} refused, ${receiver.verified.size} types`,
  }
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

await main()

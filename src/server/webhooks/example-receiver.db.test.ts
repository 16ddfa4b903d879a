import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { readEvent } from '../../client/index.ts'
import { eventSamples, eventTypes } from '../../contract/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createEndpoint } from './create-endpoint.ts'
import { sendTestEvent } from './send-test-event.ts'
import { startReceivers } from './testing/index.ts'
import { updateEndpoint } from './update-endpoint.ts'
import { startWebhooksWorker } from './worker.ts'

const ctx = await testCtx()
const { receiver: startReceiver } = startReceivers()
const worker = startWebhooksWorker(ctx)
afterAll(() => worker.stop())

const example = fileURLToPath(new URL('../../../docs/examples/receiver.mjs', import.meta.url))

/** The example as its own process, and everything it has printed. */
function startExample(secret: string) {
  const process = spawn('node', [example], {
    env: { ...globalThis.process.env, PARLEY_WEBHOOK_SECRET: secret, PORT: '0' },
  })
  const printed = { text: '' }
  process.stdout.on('data', (chunk: Buffer) => {
    printed.text += chunk.toString()
  })
  return { process, printed }
}

describe('the receiver of the docs', () => {
  it('verifies, answers and understands what Parley sends, and refuses the rest', async () => {
    const workspace = await seedWorkspace(ctx)
    const endpoint = await createEndpoint(ctx, workspace.owner, {
      destination_url: 'http://127.0.0.1:41849/',
      events: ['message.received', 'recipient.opted_out', 'message.failed', 'list.finished'],
      format: 'normalized',
    })
    const { process, printed } = startExample(endpoint.secret ?? '')
    try {
      await vi.waitFor(() => expect(printed.text).toMatch(/listening on port \d+/))
      const url = `http://127.0.0.1:${/port (\d+)/.exec(printed.text)?.[1]}/`
      await updateEndpoint(ctx, workspace.owner, endpoint.id, { destination_url: url })
      for (const type of endpoint.events) await sendTestEvent(ctx, workspace.owner, endpoint.id, type)
      const heard = [
        '+966500000000 wrote: Where is my order?',
        '+966500000000 wants no more messages',
        '+966500000000 was not reached: The person can not be reached on WhatsApp.',
        'list.finished',
      ]
      for (const line of heard) await vi.waitFor(() => expect(printed.text).toContain(line))
      const unsigned = () => fetch(url, { method: 'POST', body: '{"event":"message.received"}' })
      expect((await unsigned()).status).toBe(401)
      await breakOff(url)
      expect((await unsigned()).status).toBe(401)
    } finally {
      process.kill()
    }
  })
})

/** Sends half a body and is gone. */
async function breakOff(url: string): Promise<void> {
  const { port } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf')
  await new Promise((resolve) => setTimeout(resolve, 100))
  socket.destroy()
  await new Promise((resolve) => setTimeout(resolve, 200))
}

describe('the client', () => {
  it('reads every type of event from what a delivery carries', async () => {
    const workspace = await seedWorkspace(ctx)
    const receiver = await startReceiver()
    const endpoint = await createEndpoint(ctx, workspace.owner, {
      destination_url: receiver.url,
      events: [...eventTypes],
      format: 'normalized',
    })
    for (const type of eventTypes) await sendTestEvent(ctx, workspace.owner, endpoint.id, type)
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(eventTypes.length))
    const read = receiver.requests.map(({ headers, body }) => readEvent(endpoint.secret ?? '', body, headers))
    expect(read.map((event) => event?.event).toSorted()).toEqual([...eventTypes].toSorted())
    const received = read.find((event) => event?.event === 'message.received')
    expect(received).toMatchObject({ message_text: eventSamples['message.received'].message_text })
  })
})

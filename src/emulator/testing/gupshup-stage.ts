import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type RunningEmulator, startEmulator } from '../start-emulator.ts'
import { call, type Dict, dict } from './stage.ts'

interface Sent {
  status: number
  type: string | null
  body: Dict
}

/** The emulator with a Gupshup app, and a hub that listens. */
export class GupshupStage {
  readonly server: Server
  readonly #emulator: RunningEmulator
  app: Dict = {}
  /** What the hub was told, as it came. */
  received: { type: string; text: string }[] = []
  /** What the hub answers. */
  answer = ''

  private constructor(emulator: RunningEmulator) {
    this.#emulator = emulator
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        this.received.push({ type: String(request.headers['content-type']), text })
        response.end(this.answer)
      })
    })
  }

  static async open(): Promise<GupshupStage> {
    const stage = new GupshupStage(await startEmulator({ host: '127.0.0.1', port: 0, seed: 7 }))
    await new Promise<void>((done) => stage.server.listen(0, '127.0.0.1', done))
    return stage
  }

  async close(): Promise<void> {
    await this.#emulator.stop()
    this.server.close()
  }

  /** A new app; everything before is forgotten. */
  async reset(): Promise<void> {
    await this.control('POST', '/reset')
    this.received = []
    this.answer = ''
    const wanted = { name: 'ShopLine', callback_url: this.hubUrl }
    this.app = dict((await this.control('POST', '/gupshup/apps', wanted)).body)
  }

  get url(): string {
    return this.#emulator.url
  }

  get hubUrl(): string {
    const address = this.server.address()
    return `http://127.0.0.1:${isAddress(address) ? address.port : 0}/in`
  }

  control(method: string, path: string, body?: unknown) {
    return call(method, `${this.url}/_control${path}`, {}, body)
  }

  /** A form with the app's key, name and number. */
  async post(
    path: string,
    fields: Record<string, string>,
    { key = this.app.api_key, name = 'ShopLine' }: { key?: unknown; name?: string } = {},
  ): Promise<Sent> {
    const form = { channel: 'whatsapp', source: String(this.app.source), 'src.name': name, ...fields }
    const response = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { apikey: String(key) },
      body: new URLSearchParams(form),
    })
    const { status, headers } = response
    return { status, type: headers.get('content-type'), body: dict(JSON.parse(await response.text())) }
  }

  events(type: string): Dict[] {
    return this.received
      .filter((each) => each.type.includes('json'))
      .map((each) => dict(JSON.parse(each.text)))
      .filter((event) => event.type === type)
  }

  statusesOf(gsId: unknown): Dict[] {
    return this.events('message-event')
      .map((event) => dict(event.payload))
      .filter((payload) => payload.gsId === gsId || payload.id === gsId)
  }

  async write(phone: string, message: Dict): Promise<void> {
    const to = this.app.phone_number_id
    const sent = await this.control('POST', `/customers/${phone}/messages`, {
      to,
      name: 'Ana Pereira',
      ...message,
    })
    if (sent.status !== 201) throw new Error(`The message was not taken: ${JSON.stringify(sent.body)}`)
  }
}

function isAddress(address: ReturnType<Server['address']>): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

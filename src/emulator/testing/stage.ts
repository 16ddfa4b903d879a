import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type EmulatorOptions, type RunningEmulator, startEmulator } from '../start-emulator.ts'

export type Dict = Record<string, unknown>

/** A number to send from, with what a hub would know of it. */
interface TestAccount {
  appId: string
  appSecret: string
  token: string
  verifyToken: string
  wabaId: string
  numberId: string
  numberPhone: string
}

interface Answer {
  status: number
  body: Dict
  headers: Headers
}

/** A hub of three lines: it keeps what it is told and answers as a test wishes. */
class HubDouble {
  readonly received: { signature: string; text: string; path: string }[] = []
  verifyToken = 'hub-verify-token'
  status = 200
  #server: Server = createServer((request, response) => this.#serve(request, response))
  #port = 0

  get url(): string {
    return `http://127.0.0.1:${this.#port}/webhooks/meta`
  }

  async open(): Promise<void> {
    this.#server = createServer((request, response) => this.#serve(request, response))
    await new Promise<void>((done) => this.#server.listen(this.#port, '127.0.0.1', () => done()))
    const address = this.#server.address()
    if (isAddress(address)) this.#port = address.port
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  /** Every status told so far, as `status` or `status:code`. */
  statusesOf(wamid: string): string[] {
    return this.values()
      .flatMap((value) => dicts(value.statuses))
      .filter((status) => status.id === wamid)
      .map((status) => {
        const error = dicts(status.errors)[0]
        return error === undefined ? String(status.status) : `${status.status}:${error.code}`
      })
  }

  values(): Dict[] {
    return this.changes().map((change) => dict(change.value))
  }

  changes(): Dict[] {
    return this.received.flatMap(({ text }) => {
      const body = dict(JSON.parse(text))
      return dicts(body.entry).flatMap((entry) => dicts(entry.changes))
    })
  }

  isSignedBy(secret: string): boolean {
    return this.received.every(
      ({ signature, text }) =>
        signature === `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`,
    )
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://hub')
    if (request.method === 'GET') {
      const isRight = url.searchParams.get('hub.verify_token') === this.verifyToken
      response.writeHead(isRight ? 200 : 403).end(isRight ? url.searchParams.get('hub.challenge') : '')
      return
    }
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const signature = String(request.headers['x-hub-signature-256'])
      if (this.status === 200) {
        this.received.push({ signature, text: Buffer.concat(chunks).toString('utf8'), path: url.pathname })
      }
      response.writeHead(this.status).end()
    })
  }
}

type StagedEmulator = Pick<RunningEmulator, 'url' | 'stop'>

/** The emulator with an account, and a hub that listens. */
export class Stage {
  readonly hub = new HubDouble()
  readonly emulator: StagedEmulator
  account: TestAccount

  private constructor(emulator: StagedEmulator, account: TestAccount) {
    this.emulator = emulator
    this.account = account
  }

  static async open(options: Partial<EmulatorOptions> = {}): Promise<Stage> {
    return Stage.openWith(await startEmulator({ host: '127.0.0.1', port: 0, seed: 7, ...options }))
  }

  static async openWith(emulator: StagedEmulator): Promise<Stage> {
    const stage = new Stage(emulator, NO_ACCOUNT)
    await stage.hub.open()
    stage.account = await stage.newAccount({})
    return stage
  }

  async close(): Promise<void> {
    await this.emulator.stop()
    await this.hub.close()
  }

  /** An account whose callbacks go to the hub, without limits unless asked for. */
  async newAccount(wanted: Dict): Promise<TestAccount> {
    const webhook = { callback_url: this.hub.url, verify_token: this.hub.verifyToken }
    const { body } = await this.control('POST', '/accounts', { webhook, throughput: null, ...wanted })
    const number = dict(dicts(body.numbers)[0])
    return {
      appId: String(body.app_id),
      appSecret: String(body.app_secret),
      token: String(body.access_token),
      verifyToken: String(body.verify_token),
      wabaId: String(body.waba_id),
      numberId: String(number.phone_number_id),
      numberPhone: String(number.phone),
    }
  }

  async control(method: string, path: string, body?: unknown): Promise<Answer> {
    return call(method, `${this.emulator.url}/_control${path}`, {}, body)
  }

  async graph(method: string, path: string, body?: unknown, token = this.account.token): Promise<Answer> {
    const url = path.startsWith('http') ? path : `${this.emulator.url}/v25.0${path}`
    return call(method, url, { authorization: `Bearer ${token}` }, body)
  }

  async send(message: Dict, account = this.account): Promise<Answer> {
    const body = { messaging_product: 'whatsapp', ...message }
    return this.graph('POST', `/${account.numberId}/messages`, body, account.token)
  }

  async sendTemplate(to: string, rest: Dict = {}): Promise<Answer> {
    return this.send({ to, ...welcome, ...rest })
  }

  async settings(patch: Dict): Promise<void> {
    await this.control('PATCH', '/settings', patch)
  }
}

const NO_ACCOUNT: TestAccount = {
  appId: '',
  appSecret: '',
  token: '',
  verifyToken: '',
  wabaId: '',
  numberId: '',
  numberPhone: '',
}

/** A marketing template without variables. */
export const welcome = { type: 'template', template: { name: 'welcome', language: { code: 'en_US' } } }

export async function call(
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : dict(JSON.parse(text)),
  }
}

export function wamidOf(answer: Answer): string {
  return String(dicts(answer.body.messages)[0]?.id)
}

export function errorOf(answer: Answer): Dict {
  return dict(answer.body.error)
}

export function dict(value: unknown): Dict {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

export function dicts(value: unknown): Dict[] {
  return Array.isArray(value) ? value.map(dict) : []
}

/** Waits until something is so, or fails with what it was waiting for. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  withinMs = 60_000,
): Promise<void> {
  const endMs = Date.now() + withinMs
  while (!(await isSo())) {
    if (Date.now() > endMs) throw new Error(`waited in vain for ${what}`)
    await sleep(10)
  }
}

function isAddress(address: ReturnType<Server['address']>): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

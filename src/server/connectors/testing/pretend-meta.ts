import { z } from 'zod'
import type { Connector } from '../../../contract/index.ts'
import { type Actor, type Ctx, ParleyError } from '../../platform/index.ts'
import {
  type Connection,
  createProviders,
  type MetaConnection,
  type ServerCtx,
} from '../../providers/index.ts'
import { createConnector } from '../create-connector.ts'

const account = z.object({
  app_id: z.string(),
  app_secret: z.string(),
  access_token: z.string(),
  waba_id: z.string(),
  numbers: z.array(z.object({ phone_number_id: z.string(), phone: z.string() })).min(1),
})

/** Accounts at a running emulator, and connectors to them, for tests. `base` must name the emulator in its config. */
export function pretendMeta(base: Ctx, emulatorUrl: string) {
  const ctx: ServerCtx = { ...base, providers: createProviders({ log: base.log, connections: 4 }) }

  async function control(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body: object) {
    const answer = await fetch(`${emulatorUrl}/_control${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`The emulator answered ${answer.status} to ${method} ${path}.`)
    const said: unknown = await answer.json()
    return said
  }

  /** A WhatsApp account, and the four fields that connect its number by hand. */
  async function someAccount(body: object = {}) {
    const created = account.parse(await control('POST', '/accounts', body))
    const [number] = created.numbers
    if (number === undefined) throw new Error('The emulator made no number.')
    const fields = {
      provider: 'meta' as const,
      name: 'Shop line',
      phone_number_id: number.phone_number_id,
      access_token: created.access_token,
      app_secret: created.app_secret,
      verify_token: 'chosen-by-ana',
    }
    return { ...created, fields, phone: number.phone }
  }

  async function someConnector(owner: Actor, body: object = {}) {
    const made = await someAccount(body)
    return { owner, ...made, connector: await createConnector(ctx, owner, made.fields) }
  }

  return { ctx, control, someAccount, someConnector }
}

export function firstNumber({ numbers }: Connector) {
  const [number] = numbers
  if (number === undefined) throw new Error('The connector has no number.')
  return number
}

export function metaOnly(connection: Connection): MetaConnection {
  if (connection.provider === 'gupshup') throw new Error('The connector is one of Gupshup.')
  return connection
}

/** The ParleyError that the work ends with. */
export async function failureOf(work: Promise<unknown>): Promise<ParleyError> {
  const error: unknown = await work.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  )
  if (error instanceof ParleyError) return error
  throw error
}

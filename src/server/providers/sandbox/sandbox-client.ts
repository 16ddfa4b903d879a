import { unreachable, unreadable } from '../meta/call-graph.ts'
import type { Pools } from '../meta/pools.ts'
import { parseJson, property, text } from '../meta/read-error.ts'
import { rowsIn } from '../meta/read-list.ts'
import { request } from '../meta/request.ts'
import type { ProviderAnswer } from '../provider-error.ts'

/** A pretend WhatsApp account of the emulator, with all that a real one would be connected with. */
export interface SandboxAccount {
  access_token: string
  app_secret: string
  waba_id: string
  phone_number_id: string
}

export interface NewSandboxAccount {
  name: string
  /** Where the account's webhooks go; not asked for its consent, as the hub may not listen yet. */
  webhook: { callback_url: string; verify_token: string }
}

/** An account that this hub knows and the emulator, whose memory may be lost, may have forgotten. */
export interface KnownSandboxAccount extends SandboxAccount, NewSandboxAccount {
  phone: string
}

/** The control API of the emulator. Once an account exists, it is spoken to like Meta. */
export interface SandboxClient {
  createAccount(sandboxUrl: string, account: NewSandboxAccount): Promise<ProviderAnswer<SandboxAccount>>
  /** Brings an account back; `restored` is false when the emulator still has it, and then its webhook alone is set. */
  restoreAccount(
    sandboxUrl: string,
    account: KnownSandboxAccount,
  ): Promise<ProviderAnswer<{ restored: boolean }>>
}

const timeoutMs = 10_000
const bytesMax = 1024 * 1024

export function createSandboxClient(pools: Pools): SandboxClient {
  const send = (sandboxUrl: string, method: 'POST' | 'PUT', path: string, body: object) =>
    request(pools.get(sandboxUrl, 'manage'), {
      method,
      path,
      headers: ['content-type', 'application/json'],
      body: JSON.stringify(body),
      timeoutMs,
      bytesMax,
    })
  return {
    async createAccount(sandboxUrl, account) {
      const answer = await send(sandboxUrl, 'POST', '/_control/accounts', account)
      if (answer.kind === 'failed') return { ok: false, error: unreachable(answer.reason) }
      const created = accountIn(parseJson(answer.body))
      return created
        ? { ok: true, value: created }
        : { ok: false, error: unreadable(`HTTP ${answer.status}`) }
    },
    async restoreAccount(sandboxUrl, { waba_id, ...account }) {
      const path = `/_control/accounts/${encodeURIComponent(waba_id)}`
      const answer = await send(sandboxUrl, 'PUT', path, account)
      if (answer.kind === 'failed') return { ok: false, error: unreachable(answer.reason) }
      const restored = property(parseJson(answer.body), 'restored')
      return typeof restored === 'boolean'
        ? { ok: true, value: { restored } }
        : { ok: false, error: unreadable(`HTTP ${answer.status}`) }
    },
  }
}

function accountIn(answer: unknown): SandboxAccount | null {
  const access_token = text(property(answer, 'access_token'))
  const app_secret = text(property(answer, 'app_secret'))
  const waba_id = text(property(answer, 'waba_id'))
  const [number] = rowsIn({ data: property(answer, 'numbers') })
  const phone_number_id = text(property(number, 'phone_number_id'))
  if (access_token === null || app_secret === null || waba_id === null || phone_number_id === null)
    return null
  return { access_token, app_secret, waba_id, phone_number_id }
}

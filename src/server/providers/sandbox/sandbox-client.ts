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

/** The control API of the emulator. Once an account exists, it is spoken to like Meta. */
export interface SandboxClient {
  createAccount(sandboxUrl: string, account: NewSandboxAccount): Promise<ProviderAnswer<SandboxAccount>>
}

const timeoutMs = 10_000
const bytesMax = 1024 * 1024

export function createSandboxClient(pools: Pools): SandboxClient {
  return {
    async createAccount(sandboxUrl, account) {
      const answer = await request(pools.get(sandboxUrl, 'manage'), {
        method: 'POST',
        path: '/_control/accounts',
        headers: ['content-type', 'application/json'],
        body: JSON.stringify(account),
        timeoutMs,
        bytesMax,
      })
      if (answer.kind === 'failed') return { ok: false, error: unreachable(answer.reason) }
      const created = accountIn(parseJson(answer.body))
      return created
        ? { ok: true, value: created }
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

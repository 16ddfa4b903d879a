import { Pool } from 'undici'
import type { EmulatorProcess } from './emulator.ts'

const connections = 64

/** The most that one process can get accepted: POSTs of the same body, and nothing written down. */
export async function measureCeiling(
  emulator: EmulatorProcess,
  template: unknown,
  count: number,
): Promise<number> {
  const { access_token, numbers } = await emulator.createAccount()
  const path = `/v25.0/${numbers[0]?.phone_number_id}/messages`
  const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' }
  const pool = new Pool(emulator.url, { connections, pipelining: 1 })
  let next = 0
  async function post(): Promise<void> {
    while (next < count) {
      const n = next++
      const body = JSON.stringify({
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: String(598_091_000_000 + n),
        type: 'template',
        template,
        biz_opaque_callback_data: `v1.${numbers[0]?.phone_number_id}.${n}.AbCdEfGhIjK`,
      })
      const answer = await pool.request({ method: 'POST', path, headers, body })
      const parsed: unknown = await answer.body.json()
      if (answer.statusCode !== 200) throw new Error(`The emulator refused: ${JSON.stringify(parsed)}`)
    }
  }
  const startedMs = performance.now()
  await Promise.all(Array.from({ length: connections }, post))
  const seconds = (performance.now() - startedMs) / 1_000
  await pool.close()
  return count / seconds
}

import pg from 'pg'
import { Pool } from 'undici'
import type { DatabaseTarget } from '../../src/server/platform/db/connect.ts'
import type { EmulatorProcess } from './emulator.ts'

const loops = 8
const claimSize = 250
const connections = 64

/**
 * The least that keeps the promise of an intent before each request: loops that claim in one statement, post, and record
 * in one statement, on one narrow table. No leases, consent, limits, attempts, statuses, counts or events.
 */
export async function measureBareLoop(
  target: DatabaseTarget,
  emulator: EmulatorProcess,
  { content, count }: { content: unknown; count: number },
): Promise<number> {
  const { access_token, numbers } = await emulator.createAccount()
  const path = `/v25.0/${numbers[0]?.phone_number_id}/messages`
  const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' }
  const provider = new Pool(emulator.url, { connections, pipelining: 1 })
  const db = new pg.Pool({ ...target, max: loops })
  await db.query(`
    create table bare_messages (id int primary key, phone text not null, content jsonb not null,
      state text not null default 'queued', external_id text) with (fillfactor = 50)`)
  await db.query(
    `insert into bare_messages (id, phone, content) select n, (598092000000 + n)::text, $1 from generate_series(1, $2::int) n`,
    [JSON.stringify(content), count],
  )
  await db.query('analyze bare_messages')

  async function post(row: { id: number; phone: string; content: unknown }): Promise<string> {
    const body = JSON.stringify({
      messaging_product: 'whatsapp',
      to: row.phone,
      type: 'template',
      template: row.content,
      biz_opaque_callback_data: String(row.id),
    })
    const answer = await provider.request({ method: 'POST', path, headers, body })
    return answer.body.text()
  }

  let next = 1
  async function loop(): Promise<void> {
    while (next <= count) {
      const first = next
      next += claimSize
      const { rows } = await db.query({
        name: 'claim',
        text: `update bare_messages set state = 'intent' where id >= $1 and id < $2 and state = 'queued' returning id, phone, content`,
        values: [first, first + claimSize],
      })
      const answers = await Promise.all(rows.map(post))
      await db.query({
        name: 'record',
        text: `update bare_messages m set state = 'accepted', external_id = t.answer
          from unnest($1::int[], $2::text[]) as t(id, answer) where m.id = t.id`,
        values: [rows.map((row) => row.id), answers.map((answer) => answer.slice(-80))],
      })
    }
  }

  const startedMs = performance.now()
  await Promise.all(Array.from({ length: loops }, loop))
  const seconds = (performance.now() - startedMs) / 1_000
  await db.query('drop table bare_messages')
  await Promise.all([db.end(), provider.close()])
  return count / seconds
}

import { type RawBuilder, sql } from 'kysely'
import { expect } from 'vitest'
import type { InboundLog } from '../../../contract/index.ts'
import type { HttpApp } from '../../platform/index.ts'
import type { ServerCtx } from '../../providers/index.ts'
import { listInboundLogs } from '../list-inbound-logs.ts'
import { startIntakeWorker } from '../worker.ts'
import { type Shop, sign } from './open-shop.ts'

/** What a test does with the intake from outside: send, let it work, look. */
export function runIntake({ ctx, app }: { ctx: ServerCtx; app: HttpApp }) {
  async function send(to: Shop, ...bodies: (string | Buffer)[]): Promise<void> {
    for (const body of bodies) {
      const answer = await app.inject({
        method: 'POST',
        url: `/webhooks/meta/${to.key}`,
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': sign(body) },
        payload: body,
      })
      expect(answer.statusCode).toBe(200)
    }
  }

  /** Works until nothing is due. */
  async function work(): Promise<void> {
    const worker = startIntakeWorker(ctx)
    const due = sql`select from inbound_logs where verdict in ('received', 'failed') and next_at <= now()`
    try {
      await expect.poll(async () => (await rowsOf(due)).length).toBe(0)
    } finally {
      await worker.stop()
    }
  }

  async function logsOf(shop: Shop): Promise<InboundLog[]> {
    return (await listInboundLogs(ctx, shop.owner, { limit: 200 })).data
  }

  async function newestLogOf(shop: Shop): Promise<InboundLog> {
    const [newest] = await logsOf(shop)
    if (!newest) throw new Error('The log is empty.')
    return newest
  }

  async function rowsOf<Row>(query: RawBuilder<Row>): Promise<Row[]> {
    return (await query.execute(ctx.db.worker)).rows
  }

  return { send, work, logsOf, newestLogOf, rowsOf }
}

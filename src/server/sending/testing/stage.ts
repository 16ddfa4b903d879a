import { sql } from 'kysely'
import { afterAll, afterEach } from 'vitest'
import { type ListId, numberId } from '../../../contract/index.ts'
import { createConnector } from '../../connectors/index.ts'
import { seedNumber } from '../../messages/testing/index.ts'
import { seedWorkspace, testCtx } from '../../platform/testing/index.ts'
import { createProviders, type ServerCtx } from '../../providers/index.ts'
import { startSendingWorker } from '../index.ts'

interface LedgerSummary {
  repeated_recipient_count: number
  repeated_opaque_count: number
  by_number: { phone_number_id: string; accepted: number; worst_second: number }[]
}

export const content = {
  template: {
    name: 'order_confirmation',
    language: { code: 'en_US' },
    components: [
      {
        type: 'body',
        parameters: [
          { type: 'text', text: 'Ana' },
          { type: 'text', text: 'Q-1' },
        ],
      },
    ],
  },
}

/** The emulator, as a test has started it. */
interface Emulator {
  port: number
  url: string
  stop(): Promise<void>
}

/** A database, the emulator, and workers that end with each test. */
export async function openStage(emulator: Emulator) {
  const base = await testCtx({ config: { sandboxPort: emulator.port, sandboxUrl: emulator.url } })
  const ctx: ServerCtx = { ...base, providers: createProviders({ log: base.log }) }
  const workers: { stop(): Promise<void> }[] = []

  async function control<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer> {
    const init =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const response = await fetch(`${emulator.url}/_control${path}`, { method, ...init })
    return JSON.parse((await response.text()) || 'null')
  }

  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()))
    await control('DELETE', '/settings')
  })
  afterAll(async () => {
    await ctx.providers.close()
    await emulator.stop()
  })

  const ledgerSummary = () => control<LedgerSummary>('GET', '/ledger?summary=1')

  /** A sandbox number with its own emulator account; statuses stay away unless a test wants them. */
  async function sandboxNumber(settings: Record<string, unknown> = {}) {
    await control('PATCH', '/settings', { statuses: 'none', ...settings })
    const { workspaceId, owner } = await seedWorkspace(ctx)
    const connector = await createConnector(ctx, owner, { provider: 'sandbox', name: 'Sandbox' })
    const number = connector.numbers[0]
    if (number === undefined) throw new Error('The sandbox gave no number.')
    const seed = await seedNumber(ctx, { workspaceId, numberId: numberId.parse(number.id) })
    const ledger = async () =>
      (await ledgerSummary()).by_number.find((row) => row.phone_number_id === number.phone_number_id)
    const states = async (listId: ListId) =>
      Object.fromEntries(
        (
          await seed.run(sql<{ state: string; n: number }>`
            select state, count(*) as n from messages where list_id = ${listId} group by 1 order by 1`)
        ).map(({ state, n }) => [state, n]),
      )
    const speedUp = (perSecond: number) =>
      Promise.all([
        seed.run(sql`update numbers set pace_limit_per_second = ${perSecond} where id = ${number.id}`),
        control('PATCH', `/numbers/${number.phone_number_id}`, { throughput: perSecond }),
      ])
    return { ...seed, owner, phoneNumberId: number.phone_number_id, ledger, states, speedUp }
  }

  function start(): { stop(): Promise<void> } {
    const worker = startSendingWorker(ctx)
    workers.push(worker)
    return worker
  }

  return { ctx, control, ledgerSummary, sandboxNumber, start }
}

export async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const endMs = Date.now() + 60_000
  while (!(await isTrue())) {
    if (Date.now() > endMs) throw new Error('It did not come true in time.')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

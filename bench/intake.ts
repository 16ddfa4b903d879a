import { sql } from 'kysely'
import { measureBesideSending } from './intake/beside-sending.ts'
import { signRequests } from './intake/bodies.ts'
import { generateLoad, type Load } from './intake/generator.ts'
import { type BenchHub, openHub } from './intake/hub.ts'
import { measureOverload } from './intake/overload.ts'

// How many signed webhooks a second the hub has on disk before it answers, beside the ceiling of this machine:
// node:http, the signature and the same insert. Both take short turns and each turn is compared with the one beside it,
// since the machine's own speed wanders. Afterwards the worker turns the stored webhooks into facts.
// `intake beside 30`: with sending at 1,000/s beside it, for so many seconds. `intake overload 60`: far more than it can
// store.
const connections = 64
const rounds = 9
const ports = { hub: 41_600, bare: 41_601 }
const [, , first = '20000', seconds] = process.argv
const requestsPerRound = Number(first)
const warmUpRequests = 20_000

async function main(): Promise<void> {
  if (first === 'beside') return print(await measureBesideSending(ports, Number(seconds ?? 30)))
  if (first === 'overload') return print(await measureOverload(ports, Number(seconds ?? 60)))
  const hub = await openHub({ ports, sentMessages: requestsPerRound / 3 })
  try {
    const { rate, ceiling, ratio } = await measureTaking(hub)
    const worked = await measureWorking(hub)
    print({
      bench: 'intake',
      rate: Math.round(rate.rate),
      ceiling: Math.round(ceiling.rate),
      ratio: Number(ratio.toFixed(3)),
      p50_ms: round(rate.p50Ms),
      p99_ms: round(rate.p99Ms),
      ceiling_p50_ms: round(ceiling.p50Ms),
      ceiling_p99_ms: round(ceiling.p99Ms),
      connections,
      requests: requestsPerRound * rounds,
      worked_per_second: Math.round(worked),
    })
  } finally {
    await hub.close()
  }
}

function print(figures: Record<string, unknown>): void {
  console.log(JSON.stringify(figures))
}

async function measureTaking(hub: BenchHub): Promise<{ rate: Load; ceiling: Load; ratio: number }> {
  const servers = await Promise.all([hub.startWeb(), hub.startBare()])
  const loads: { web: Load[]; bare: Load[] } = { web: [], bare: [] }
  try {
    const warmUp = signRequests(hub.address, 0, warmUpRequests)
    for (const port of [ports.hub, ports.bare]) await generateLoad(port, warmUp, { connections })
    const requests = signRequests(hub.address, 0, requestsPerRound)
    for (let n = 0; n < rounds; n += 1) {
      for (const [name, port] of [
        ['bare', ports.bare],
        ['web', ports.hub],
      ] as const) {
        await hub.clearLog()
        const load = await generateLoad(port, requests, { connections })
        loads[name].push(load)
        const line = `${Math.round(load.rate)} webhooks/s, p50 ${round(load.p50Ms)} ms, p99 ${round(load.p99Ms)} ms`
        console.log(`${name === 'web' ? 'the hub' : 'node:http alone'}: ${line}`)
      }
    }
    await refuseLoss(hub)
    const ratios = loads.web.map(({ rate }, turn) => rate / (loads.bare[turn]?.rate ?? rate))
    return {
      rate: middleOf(loads.web, ({ rate }) => rate),
      ceiling: middleOf(loads.bare, ({ rate }) => rate),
      ratio: middleOf(ratios, (ratio) => ratio),
    }
  } finally {
    for (const server of servers) await server.stop()
  }
}

/** What was answered 200 in the last round must all be there. */
async function refuseLoss(hub: BenchHub): Promise<void> {
  const { rows } = await sql<{ count: number }>`select count(*) from inbound_logs`.execute(hub.ctx.db.worker)
  if (rows[0]?.count !== requestsPerRound)
    throw new Error(`Answered ${requestsPerRound}, stored ${rows[0]?.count}.`)
}

async function measureWorking(hub: BenchHub): Promise<number> {
  const startedMs = performance.now()
  const worker = await hub.startWorker()
  try {
    let left = requestsPerRound
    let firstSeenMs = startedMs
    while (left > 0) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      const { rows } = await sql<{ left: number }>`
        select count(*) as left from inbound_logs where verdict = 'received'`.execute(hub.ctx.db.worker)
      if (left === requestsPerRound && (rows[0]?.left ?? 0) === left) firstSeenMs = performance.now()
      left = rows[0]?.left ?? 0
    }
    const rate = requestsPerRound / ((performance.now() - firstSeenMs) / 1_000)
    console.log(`the worker: ${Math.round(rate)} statuses/s from raw bytes to facts and events`)
    return rate
  } finally {
    await worker.stop()
  }
}

function middleOf<Item>(items: readonly Item[], by: (item: Item) => number): Item {
  const middle = [...items].sort((a, b) => by(a) - by(b))[Math.floor(items.length / 2)]
  if (middle === undefined) throw new Error('Nothing was measured.')
  return middle
}

function round(ms: number): number {
  return Number(ms.toFixed(1))
}

await main()

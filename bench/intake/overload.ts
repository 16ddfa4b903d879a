import { execFileSync } from 'node:child_process'
import { sql } from 'kysely'
import { signBatches } from './bodies.ts'
import { flood } from './flood.ts'
import { type BenchHub, openHub } from './hub.ts'

// Far more than can be stored, for a minute: the table is shut for most of each second, and thousands of sockets send
// without a pause. What was answered 200 must be there, and the process must not grow.
const connections = 4_000
const statusesEach = 60
const shutMs = 850
const openMs = 150

export async function measureOverload(
  ports: { hub: number; bare: number },
  seconds: number,
): Promise<Record<string, unknown>> {
  const hub = await openHub({ ports, sentMessages: 100 })
  try {
    const web = await hub.startWeb()
    const requests = signBatches(hub.address, 200, statusesEach)
    await flood(ports.hub, requests, { connections: 64, forMs: 5_000 })
    await hub.clearLog()
    const memory = watchMemory(web.pid)
    const table = shutTable(hub)
    const seen = await flood(ports.hub, requests, { connections, forMs: seconds * 1_000 })
    await table.stop()
    const calm = await flood(ports.hub, requests, { connections: 64, forMs: 5_000 })
    const rss = memory.stop()
    const stored = await countStored(hub)
    const acknowledged = seen.taken + calm.taken
    await web.stop()
    if (stored < acknowledged) throw new Error(`Answered ${acknowledged}, stored ${stored}.`)
    return {
      bench: 'intake overload',
      seconds: Math.round(seen.seconds),
      connections,
      body_bytes: requests[0]?.bytes.length,
      offered_per_second: Math.round((seen.taken + seen.busy) / seen.seconds),
      taken_per_second: Math.round(seen.taken / seen.seconds),
      overload: Number(((seen.taken + seen.busy) / seen.taken).toFixed(1)),
      acknowledged,
      stored,
      lost: Math.max(0, acknowledged - stored),
      taken_per_second_afterwards: Math.round(calm.taken / calm.seconds),
      rss_mb: rss,
    }
  } finally {
    await hub.close()
  }
}

/** Nobody can write to the table but in the gaps. */
function shutTable({ ctx }: BenchHub): { stop(): Promise<void> } {
  let isOver = false
  const work = (async () => {
    while (!isOver) {
      await ctx.db.asWorker(async (tx) => {
        await sql`lock table inbound_logs in exclusive mode`.execute(tx)
        await ctx.clock.sleep(shutMs)
      })
      await ctx.clock.sleep(openMs)
    }
  })()
  return {
    stop: async () => {
      isOver = true
      await work
    },
  }
}

/** Resident memory of the hub's process: at the beginning, at its highest, at the end; and in the middle of the time. */
function watchMemory(pid: number) {
  const read = () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString()) / 1024
  const seen = [read()]
  const timer = setInterval(() => seen.push(read()), 1_000)
  return {
    stop: () => {
      clearInterval(timer)
      seen.push(read())
      const [start = 0] = seen
      const half = seen[Math.floor(seen.length / 2)] ?? 0
      return {
        start: Math.round(start),
        half: Math.round(half),
        max: Math.round(Math.max(...seen)),
        end: Math.round(seen.at(-1) ?? 0),
      }
    },
  }
}

async function countStored({ ctx }: BenchHub): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from inbound_logs`.execute(ctx.db.worker)
  return rows[0]?.count ?? 0
}

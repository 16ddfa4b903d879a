import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { testCtx } from '../testing/index.ts'
import type { Lane } from './held-lane.ts'
import { runLanes } from './run-lanes.ts'

const ctx = await testCtx()

/** Lanes that always have something to do, and as many processes as are started. */
function lanesOf(kind: string, count: number) {
  const keys = Array.from({ length: count }, (_, index) => `key-${index}`)
  const running = new Set<string>()
  const seen = { overlaps: 0 }
  const run = async (lane: Lane) => {
    if (running.has(lane.key)) seen.overlaps += 1
    running.add(lane.key)
    while (lane.isValid()) await systemClock.sleep(5, lane.signal)
    // What is in flight ends before another may begin.
    await systemClock.sleep(20)
    running.delete(lane.key)
  }
  const start = () => runLanes(ctx, { kind, isShared: true, discoverKeys: async () => keys, run })
  const held = async () => {
    const { rows } = await sql<{ lanes: number }>`
      select count(*) as lanes from leases where kind = ${kind} and lease_until > clock_timestamp() and owner is not null
      group by owner order by 1`.execute(ctx.db.worker)
    return rows.map(({ lanes }) => lanes)
  }
  const epochs = async () => {
    const { rows } = await sql<{ sum: number }>`
      select sum(epoch)::int as sum from leases where kind = ${kind}`.execute(ctx.db.worker)
    return rows[0]?.sum ?? 0
  }
  return { start, held, epochs, seen }
}

describe('lanes of several processes', () => {
  it('spread evenly as processes come and go, and are worked by one at a time', async () => {
    const { start, held, seen } = lanesOf('spread', 9)
    const first = start()
    await expect.poll(held).toEqual([9])
    const second = start()
    await expect.poll(held).toEqual([4, 5])
    const third = start()
    await expect.poll(held).toEqual([3, 3, 3])
    await second.stop()
    await expect.poll(held).toEqual([4, 5])
    await Promise.all([first.stop(), third.stop()])
    expect(seen.overlaps).toBe(0)
  })

  it('stay where they are once they are spread', async () => {
    const { start, held, epochs } = lanesOf('settled', 5)
    const runners = [start(), start()]
    await expect.poll(held).toEqual([2, 3])
    const before = await epochs()
    // Long enough for three looks at how they are spread.
    await systemClock.sleep(3_500)
    expect(await held()).toEqual([2, 3])
    expect(await epochs()).toBe(before)
    await Promise.all(runners.map((runner) => runner.stop()))
  })

  it('F01 of a killed process all go on, though it still seems to be there', async () => {
    const { start, held } = lanesOf('killed', 6)
    await sql`
      insert into leases (kind, key, owner, epoch, lease_until)
      select 'killed', 'key-' || n, 'dead', 1, clock_timestamp() + interval '3 s' from generate_series(0, 5) n`.execute(
      ctx.db.worker,
    )
    await sql`insert into lane_workers values ('killed', 'dead', clock_timestamp() + interval '1 hour')`.execute(
      ctx.db.worker,
    )
    const runner = start()
    await expect.poll(held).toEqual([6])
    await runner.stop()
  })
})

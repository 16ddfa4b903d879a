import { sql } from 'kysely'
import { describe, expect, it, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { testCtx } from '../testing/index.ts'
import type { Lane } from './held-lane.ts'
import { runLanes } from './run-lanes.ts'

const ctx = await testCtx()

async function untilEnded(lane: Lane): Promise<void> {
  while (lane.isValid()) await systemClock.sleep(5, lane.signal)
}

describe('lanes', () => {
  it('are worked by one process at a time, and all of them are worked', async () => {
    const keys = Array.from({ length: 12 }, (_, index) => `key-${index}`)
    const working = new Map<string, number>()
    const worked = new Set<string>()
    let overlaps = 0
    const work = {
      kind: 'exclusive',
      searchEveryMs: 20,
      discoverKeys: async () => keys,
      run: async (lane: Lane) => {
        const others = working.get(lane.key) ?? 0
        if (others > 0) overlaps += 1
        working.set(lane.key, others + 1)
        await systemClock.sleep(10)
        worked.add(lane.key)
        working.set(lane.key, others)
      },
    }
    const runners = [runLanes(ctx, work), runLanes(ctx, work), runLanes(ctx, work)]
    await vi.waitFor(() => expect(worked.size).toBe(12))
    await systemClock.sleep(300)
    await Promise.all(runners.map((runner) => runner.stop()))
    expect(overlaps).toBe(0)
  })

  it('stay valid beyond the lease, since it is renewed each second', async () => {
    let lane: Lane | undefined
    const runner = runLanes(ctx, {
      kind: 'renewed',
      discoverKeys: async () => ['a'],
      run: (mine) => {
        lane = mine
        return untilEnded(mine)
      },
    })
    await systemClock.sleep(4_000)
    expect(lane?.isValid()).toBe(true)
    expect(lane?.epoch).toBe(1)
    await runner.stop()
  })

  it('F01 go to another process when their owner falls silent', async () => {
    await sql`insert into leases (kind, key, owner, epoch, lease_until)
      values ('silent', 'a', 'killed', 41, clock_timestamp() + interval '3 s')`.execute(ctx.db.worker)
    const takenOver = new Promise<Lane>((resolve) => {
      const runner = runLanes(ctx, {
        kind: 'silent',
        discoverKeys: async () => ['a'],
        run: async (lane) => {
          resolve(lane)
          runner.stop()
        },
      })
    })
    expect((await takenOver).epoch).toBe(42)
  })

  it('are dropped at once when somebody else holds the lease at the next renewal', async () => {
    const signalled = new Promise<boolean>((resolve) => {
      const runner = runLanes(ctx, {
        kind: 'stolen',
        discoverKeys: async () => ['a'],
        run: async (lane) => {
          await sql`update leases set owner = 'thief', epoch = epoch + 1 where kind = 'stolen'`.execute(
            ctx.db.worker,
          )
          await untilEnded(lane)
          resolve(lane.signal.aborted)
          runner.stop()
        },
      })
    })
    expect(await signalled).toBe(true)
    const { rows } = await sql`select owner, epoch from leases where kind = 'stolen'`.execute(ctx.db.worker)
    expect(rows).toEqual([{ owner: 'thief', epoch: 2 }])
  })

  it('are found early when their topic is signalled', async () => {
    let searches = 0
    const runner = runLanes(ctx, {
      kind: 'woken',
      wakeTopic: 'woken',
      searchEveryMs: 60_000,
      discoverKeys: async () => {
        searches += 1
        return []
      },
      run: untilEnded,
    })
    await vi.waitFor(() => expect(searches).toBe(1))
    ctx.wake.signal('woken')
    await vi.waitFor(() => expect(searches).toBe(2))
    await runner.stop()
  })

  it('that fail are given back and tried again', async () => {
    let runs = 0
    const runner = runLanes(ctx, {
      kind: 'failing',
      searchEveryMs: 10,
      discoverKeys: async () => ['a'],
      run: async () => {
        runs += 1
        throw new Error('broken')
      },
    })
    await vi.waitFor(() => expect(runs).toBeGreaterThan(2))
    await runner.stop()
  })

  it('end their work before stop() returns, and are free for the next process', async () => {
    let hasBegun = false
    let hasEnded = false
    const runner = runLanes(ctx, {
      kind: 'stopped',
      discoverKeys: async () => ['a'],
      run: async (lane) => {
        hasBegun = true
        await untilEnded(lane)
        await systemClock.sleep(50)
        hasEnded = true
      },
    })
    await vi.waitFor(() => expect(hasBegun).toBe(true))
    await runner.stop()
    expect(hasEnded).toBe(true)
    const { rows } = await sql`select owner from leases where kind = 'stopped'`.execute(ctx.db.worker)
    expect(rows).toEqual([{ owner: null }])
  })
})

import { describe, expect, it } from 'vitest'
import { createLog } from '../log.ts'
import { heldClock } from '../testing/held-clock.ts'
import { createWake } from '../wake.ts'
import type { Leases } from './leases.ts'
import { runLeasedLanes } from './run-lanes.ts'

/** One process on a clock of the test's, and a lease that another owner let run out at `freeAtMs`. */
function openLanes(freeAtMs: number, searchEveryMs: number) {
  const clock = heldClock()
  const asked: number[] = []
  const leases: Leases = {
    acquire: async (_kind, _owner, keys) => {
      const nowMs = clock.monotonicMs()
      asked.push(nowMs)
      const isFree = nowMs >= freeAtMs
      return {
        taken: isFree ? keys.map((key) => ({ key, epoch: 2 })) : [],
        others: isFree ? [] : keys.map((key) => ({ key, free_in_ms: freeAtMs - nowMs })),
      }
    },
    renew: async (_kind, _owner, held) => new Set(held.map(({ key }) => key)),
    release: async () => undefined,
    attend: async (_kind, owner) => new Map([[owner, 0]]),
    leave: async () => undefined,
  }
  const takenAtMs: number[] = []
  const lanes = runLeasedLanes(
    {
      clock,
      leases,
      log: createLog({ level: 'silent' }),
      wake: createWake(),
      random: { id: String, token: String, uuid: () => 'me', number: () => 0.5 },
      stopping: new AbortController().signal,
    },
    {
      kind: 'awaited',
      searchEveryMs,
      discoverKeys: async () => ['a'],
      run: async (lane) => {
        takenAtMs.push(clock.monotonicMs())
        await clock.sleep(60_000, lane.signal)
      },
    },
  )
  const stop = async () => {
    const stopped = lanes.stop()
    await clock.advance(1_000)
    await stopped
  }
  /** The first search is under way only after a turn of the loop. */
  const advance = async (ms: number) => {
    await new Promise((resolve) => setImmediate(resolve))
    await clock.advance(ms)
  }
  return { advance, asked, takenAtMs, stop }
}

describe('the lane of a silent owner', () => {
  it('is taken over the moment its lease runs out, however rare the searches are', async () => {
    const { advance, asked, takenAtMs, stop } = openLanes(3_000, 60_000)
    await advance(2_999)
    expect(takenAtMs).toEqual([])
    await advance(10)
    expect(takenAtMs).toEqual([3_000])
    expect(asked).toEqual([0, 3_000])
    await stop()
  })

  it('is asked for at each search until then', async () => {
    const { advance, asked, takenAtMs, stop } = openLanes(700, 250)
    await advance(1_000)
    expect(takenAtMs).toEqual([700])
    expect(asked.slice(0, 4)).toEqual([0, 250, 500, 700])
    await stop()
  })
})

import { describe, expect, it, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import type { JobRun, Jobs } from '../jobs/jobs.ts'

/** What every store of jobs must keep. `open` gives another hub on the same store each time. */
export function describeJobs(storeName: string, open: () => Jobs): void {
  describe(`jobs on ${storeName}`, () => {
    it('run once, with their data, in whichever process takes them', async () => {
      const seen: unknown[] = []
      const hubs = [open(), open()]
      for (const hub of hubs) hub.define('once', async (data) => void seen.push(data.id))
      await Promise.all(hubs.map((hub) => hub.start()))
      await Promise.all(
        Array.from({ length: 40 }, (_, index) => hubs[index % 2]?.add('once', { id: `row_${index}` })),
      )
      await vi.waitFor(() => expect(seen).toHaveLength(40), { timeout: 10_000 })
      expect(new Set(seen).size).toBe(40)
      await Promise.all(hubs.map((hub) => hub.stop()))
    })

    it('of one id wait once, and can be added again afterwards', async () => {
      const hub = open()
      let runs = 0
      hub.define('unique', async () => {
        runs += 1
      })
      for (let turn = 0; turn < 5; turn += 1)
        await hub.add('unique', {}, { jobId: 'import:lst_1', delayMs: 300 })
      await hub.start()
      await vi.waitFor(() => expect(runs).toBe(1), { timeout: 5_000 })
      await systemClock.sleep(200)
      await hub.add('unique', {}, { jobId: 'import:lst_1' })
      await vi.waitFor(() => expect(runs).toBe(2), { timeout: 5_000 })
      await hub.stop()
    })

    it('wait for their delay', async () => {
      const hub = open()
      let ranAt = 0
      hub.define('later', async () => {
        ranAt = performance.now()
      })
      await hub.start()
      const addedAt = performance.now()
      await hub.add('later', {}, { delayMs: 700 })
      await vi.waitFor(() => expect(ranAt).toBeGreaterThan(0), { timeout: 5_000 })
      expect(ranAt - addedAt).toBeGreaterThanOrEqual(680)
      await hub.stop()
    })

    it('that throw are tried again and then given up', async () => {
      const hub = open()
      const attempts: number[] = []
      const fail = async (_: unknown, run: JobRun) => {
        attempts.push(run.attempt)
        throw new Error('broken')
      }
      hub.define('failing', fail, { attemptsMax: 2 })
      await hub.start()
      await hub.add('failing', {})
      await vi.waitFor(() => expect(attempts).toEqual([1, 2]), { timeout: 8_000 })
      await systemClock.sleep(500)
      expect(attempts).toEqual([1, 2])
      await hub.stop()
    })

    it('repeat by themselves, once per due time whatever the number of hubs', async () => {
      const hubs = [open(), open()]
      let runs = 0
      for (const hub of hubs) {
        const tick = async () => {
          runs += 1
        }
        hub.define('tick', tick, { repeat: { everyMs: 500 } })
        await hub.start()
      }
      await systemClock.sleep(2_600)
      await Promise.all(hubs.map((hub) => hub.stop()))
      expect(runs).toBeGreaterThanOrEqual(4)
      expect(runs).toBeLessThanOrEqual(7)
    })

    it('that repeat are agreed on by hubs that start at the same moment', async () => {
      for (let round = 0; round < 6; round += 1) {
        const hubs = Array.from({ length: 5 }, open)
        const runs: string[] = []
        for (const hub of hubs) {
          for (const name of ['tick', 'tock', 'sweep', 'count'])
            hub.define(name, async () => void runs.push(name), { repeat: { everyMs: 100 } })
        }
        await Promise.all(hubs.map((hub) => hub.start()))
        await vi.waitFor(() => expect(new Set(runs).size).toBe(4), { timeout: 5_000 })
        await Promise.all(hubs.map((hub) => hub.stop()))
      }
    })

    it('that take long leave the places of the quick ones free', async () => {
      const hub = open()
      const ended = new AbortController()
      hub.define(
        'import',
        (_, { signal }) => systemClock.sleep(8_000, AbortSignal.any([signal, ended.signal])),
        {
          isLong: true,
        },
      )
      let mails = 0
      hub.define('mail', async () => {
        mails += 1
      })
      await hub.start()
      for (let turn = 0; turn < 20; turn += 1) await hub.add('import', { turn })
      await hub.add('mail', {})
      await vi.waitFor(() => expect(mails).toBe(1), { timeout: 5_000 })
      ended.abort()
      await hub.stop()
    })

    it('of two names may bear one id', async () => {
      const hub = open()
      const seen: string[] = []
      for (const name of ['sync', 'refresh']) hub.define(name, async () => void seen.push(name))
      for (const name of ['sync', 'refresh']) await hub.add(name, {}, { jobId: 'con_1' })
      await hub.start()
      await vi.waitFor(() => expect(seen.sort()).toEqual(['refresh', 'sync']), { timeout: 5_000 })
      await hub.stop()
    })

    it('in flight are finished before stop() returns', async () => {
      const hub = open()
      let hasEnded = false
      let wasTold = false
      hub.define('slow', async (_, { signal }) => {
        await systemClock.sleep(5_000, signal)
        wasTold = signal.aborted
        await systemClock.sleep(100)
        hasEnded = true
      })
      await hub.start()
      await hub.add('slow', {})
      await systemClock.sleep(400)
      await hub.stop()
      expect({ hasEnded, wasTold }).toEqual({ hasEnded: true, wasTold: true })
    })
  })
}

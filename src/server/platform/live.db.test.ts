import pg from 'pg'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { systemClock } from './clock.ts'
import { createLive } from './live.ts'
import { createLog } from './log.ts'
import { testDatabase } from './testing/index.ts'

const { target, superuserTarget } = await testDatabase()
const log = createLog({ level: 'silent' })
const here = createLive({ target, clock: systemClock, log })
const elsewhere = createLive({ target, clock: systemClock, log })
await Promise.all([here.connect(), elsewhere.connect()])
afterAll(() => Promise.all([here.stop(), elsewhere.stop()]))

describe('live', () => {
  it('reaches the subscribers of the workspace in every process and nobody else', async () => {
    const mine = vi.fn()
    const others = vi.fn()
    elsewhere.subscribe('wsp_1', mine)
    elsewhere.subscribe('wsp_2', others)
    here.changed('wsp_1', { topic: 'list', id: 'lst_1' })
    await vi.waitFor(() => expect(mine).toHaveBeenCalledWith({ topic: 'list', id: 'lst_1' }))
    expect(others).not.toHaveBeenCalled()
  })

  it('notifies at most 20 times a second however much changes', async () => {
    const counter = new pg.Client({ ...superuserTarget })
    await counter.connect()
    let notifications = 0
    counter.on('notification', () => {
      notifications += 1
    })
    await counter.query('listen parley_live')
    const startMs = performance.now()
    let index = 0
    while (performance.now() - startMs < 1_000) {
      here.changed('wsp_1', { topic: 'message', id: `msg_${index % 10}` })
      index += 1
      await new Promise((resolve) => setImmediate(resolve))
    }
    await systemClock.sleep(150)
    const seconds = (performance.now() - startMs) / 1_000
    await counter.end()
    expect(index).toBeGreaterThan(1_000)
    expect(notifications).toBeGreaterThan(5)
    expect(notifications).toBeLessThanOrEqual(20 * seconds + 1)
  })

  it('connects again by itself and tells its subscribers to look at everything', async () => {
    const listener = vi.fn()
    here.subscribe('wsp_1', listener)
    const admin = new pg.Client({ ...superuserTarget })
    await admin.connect()
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'parley live' and datname = current_database()",
    )
    await admin.end()
    await vi.waitFor(() => expect(listener).toHaveBeenCalledWith({ topic: '*', id: '*' }))
    here.changed('wsp_1', { topic: 'list', id: 'lst_9' })
    await vi.waitFor(() => expect(listener).toHaveBeenCalledWith({ topic: 'list', id: 'lst_9' }))
  })
})

import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { startEmulator } from '../../emulator/index.ts'
import { setListGate, startSendingWorker, wakeLane } from './index.ts'
import { content, openStage, until } from './testing/index.ts'

const { ctx, control, ledgerSummary, sandboxNumber, start } = await openStage(
  await startEmulator({ host: '127.0.0.1', port: 0, seed: 7 }),
)

describe('a lane', () => {
  it('sends a list once to each recipient, within the limit of the number', async () => {
    const number = await sandboxNumber()
    await number.speedUp(400)
    const { listId } = await number.addList({ recipients: 900, content })
    start()
    await until(async () => (await number.states(listId)).accepted === 900)
    const ledger = await number.ledger()
    expect(ledger?.accepted).toBe(900)
    expect(ledger?.worst_second).toBeLessThanOrEqual(400)
    expect((await ledgerSummary()).repeated_recipient_count).toBe(0)
  })

  it('never sends again what was accepted without an answer', async () => {
    const number = await sandboxNumber({ lost_answer_probability: 0.2 })
    await number.speedUp(400)
    const { listId } = await number.addList({ recipients: 200, content })
    start()
    await until(async () => {
      const { queued, intent } = await number.states(listId)
      return queued === undefined && intent === undefined
    })
    const { unknown = 0, accepted = 0 } = await number.states(listId)
    expect(unknown).toBeGreaterThan(10)
    expect(unknown + accepted).toBe(200)
    expect((await number.ledger())?.accepted).toBe(200)
  })

  it('sends again what the provider refused for now, and reports the slow-down as no failure', async () => {
    const number = await sandboxNumber({ throttle_probability: 0.05, retry_after_seconds: 1 })
    await number.speedUp(400)
    const { listId } = await number.addList({ recipients: 60, content })
    start()
    await until(async () => (await number.states(listId)).accepted === 60)
    expect((await number.ledger())?.accepted).toBe(60)
  })

  it('lets a reply pass a list that fills the lane', async () => {
    const number = await sandboxNumber()
    const contact = await number.addContact()
    await number.openWindow(contact)
    await control('PATCH', '/settings', { enforce_window: false })
    await number.addList({ recipients: 400, content })
    start()
    await until(async () => ((await number.ledger())?.accepted ?? 0) > 20)
    const id = await number.addMessage({ type: 'text', priority: 0, contact_id: contact })
    wakeLane(ctx, number.numberId)
    await until(async () => {
      const [row] = await number.run(sql<{ state: string }>`select state from messages where id = ${id}`)
      return row?.state === 'accepted'
    })
    expect((await number.ledger())?.accepted).toBeLessThan(300)
  })

  it('keeps to what one person may get, so that nothing of it is refused, and serves others meanwhile', async () => {
    const number = await sandboxNumber()
    const toOne: string[] = []
    const contact_id = await number.addContact()
    for (let n = 0; n < 48; n += 1) toOne.push(await number.addMessage({ content, contact_id }))
    await number.run(sql`update messages set to_phone = '598091777777' where id = any (${toOne})`)
    const other = await number.addMessage({ content })
    start()
    const states = async (ids: readonly string[]) =>
      (
        await number.run(
          sql<{ state: string }>`select state from messages where id = any (${[...ids]}) order by state`,
        )
      ).map(({ state }) => state)
    await until(async () => (await states([other]))[0] === 'accepted')
    await until(async () => (await states(toOne)).filter((state) => state === 'accepted').length === 45)
    const waiting = await number.run(sql<{ wait: number }>`
      select round(extract(epoch from next_at - now()))::int as wait from send_queue
      where message_id = any (${toOne}) order by next_at`)
    expect(waiting.map(({ wait }) => wait)).toEqual([
      expect.toSatisfy((wait: number) => wait <= 6),
      expect.toSatisfy((wait: number) => wait > 6 && wait <= 12),
      expect.toSatisfy((wait: number) => wait > 12 && wait <= 18),
    ])
    const refused = await number.run(sql`select from message_attempts where error_code = '131056'`)
    expect(refused).toEqual([])
  })

  it('leaves few in doubt while the provider gives no clear answer, and goes on by itself afterwards', async () => {
    const number = await sandboxNumber({ refuse_probability: 1 })
    await number.speedUp(400)
    const { listId } = await number.addList({ recipients: 500, content })
    start()
    await until(async () => ((await number.states(listId)).unknown ?? 0) >= 10)
    await control('PATCH', '/settings', { refuse_probability: 0 })
    await until(async () => {
      const { queued, intent } = await number.states(listId)
      return queued === undefined && intent === undefined
    })
    const { unknown = 0, accepted = 0 } = await number.states(listId)
    expect(unknown).toBeLessThan(100)
    expect(unknown + accepted).toBe(500)
  })

  it('stops when the gate of its list shuts, long before the list is through', async () => {
    const number = await sandboxNumber()
    const { listId } = await number.addList({ recipients: 400, content })
    start()
    await until(async () => ((await number.ledger())?.accepted ?? 0) > 20)
    await ctx.db.inWorkspace(number.workspaceId, (tx) =>
      setListGate(tx, number.workspaceId, {
        list_id: listId,
        number_id: number.numberId,
        weight: 1,
        sends_until: null,
      }),
    )
    await until(async () => {
      const before = (await number.ledger())?.accepted
      await ctx.clock.sleep(500)
      return (await number.ledger())?.accepted === before
    })
    expect((await number.ledger())?.accepted).toBeLessThan(300)
  })
})

describe('a stop', () => {
  it('records what is in flight, gives the rest back, and lets another process go on at once', async () => {
    const number = await sandboxNumber({ answer_latency_ms: 200 })
    await number.speedUp(400)
    const { listId } = await number.addList({ recipients: 300, content })
    const first = startSendingWorker(ctx)
    await until(async () => ((await number.ledger())?.accepted ?? 0) > 50)
    await first.stop()
    const { queued = 0, accepted = 0, ...others } = await number.states(listId)
    expect(others).toEqual({})
    expect([queued + accepted, accepted]).toEqual([300, (await number.ledger())?.accepted])
    start()
    await until(async () => (await number.states(listId)).accepted === 300)
    expect((await number.ledger())?.accepted).toBe(300)
  })
})

describe('two workers on one database', () => {
  it('share the numbers and send each message once', async () => {
    const numbers = await Promise.all([sandboxNumber(), sandboxNumber(), sandboxNumber()])
    const lists = []
    for (const number of numbers) {
      await number.speedUp(300)
      lists.push({ number, ...(await number.addList({ recipients: 250, content })) })
    }
    start()
    start()
    for (const { number, listId } of lists) {
      await until(async () => (await number.states(listId)).accepted === 250)
      expect((await number.ledger())?.accepted).toBe(250)
    }
  })
})

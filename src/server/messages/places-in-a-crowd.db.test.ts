import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { applyStatuses, claimDirectIntents, writeOpaqueTag } from './index.ts'
import { markNotSent, resendMessage } from './settle-by-hand.ts'
import { seedNumber } from './testing/index.ts'

const ctx = await testCtx()

/** A number that may write to `limit` people first, with messages that were taken for not sent and are to go again. */
async function open(limit: number, people: number) {
  const seed = await seedNumber(ctx)
  const { owner } = await seedWorkspace(ctx)
  const actor = { ...owner, workspaceId: seed.workspaceId }
  const portfolio = sql`portfolio_of(${seed.workspaceId}, ${seed.numberId})`
  await seed.run(sql`update numbers set messaging_limit = ${`TIER_${limit}`} where id = ${seed.numberId}`)
  const lane = await seed.takeLane()
  const ids: string[] = []
  for (let n = 0; n < people; n += 1) ids.push(await seed.addMessage())
  await claimDirectIntents(ctx.db.worker, lane, people)
  await seed.run(sql`update messages set state = 'unknown', unknown_since = now() where id = any (${ids})`)
  const takeBack = async (id: string) => {
    await markNotSent(ctx, actor, id)
    await resendMessage(ctx, actor, id)
  }
  const prove = (id: string) =>
    applyStatuses(
      ctx,
      seed.workspaceId,
      seed.numberId,
      [
        {
          kind: 'status',
          waba_id: null,
          phone_number_id: null,
          external_id: `wamid.${id}`,
          whatsapp_id: null,
          status: 'sent',
          recipient: '598091234567',
          recipient_user_id: null,
          at: new Date(),
          opaque: writeOpaqueTag(ctx.secrets, seed.numberId, { message_id: id, attempt: 1 }),
          error: null,
          pricing: null,
          conversation: null,
        },
      ],
      null,
    )
  const claim = () => claimDirectIntents(ctx.db.worker, lane, 64)
  const places = async () => {
    const [settled] = await seed.run(sql<{ used: number }>`select settle_portfolio(${portfolio}) as used`)
    const [counted] = await seed.run(
      sql<{
        people: number
      }>`select count(*) as people from portfolio_recipients where portfolio = ${portfolio}`,
    )
    return { ...settled, ...counted }
  }
  const stateOf = async (id: string) =>
    (await seed.run(sql<{ state: string }>`select state from messages where id = ${id}`))[0]?.state
  return { portfolio, lane, ids, takeBack, prove, claim, places, stateOf }
}

/** Ends what waits for it however the work goes. */
function gate() {
  let openGate: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    openGate = resolve
  })
  return { opened, open: () => openGate() }
}

async function deadlocks(): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select deadlocks as n from pg_stat_database where datname = current_database()`.execute(ctx.db.worker)
  return rows[0]?.n ?? 0
}

async function isWaiting(pid: number): Promise<boolean> {
  const { rows } = await sql`select from pg_locks where pid = ${pid} and not granted`.execute(ctx.db.worker)
  return rows.length > 0
}

describe('a message that is proven while it is about to go once more', () => {
  it('waits for nobody who holds the places', async () => {
    const { portfolio, lane, ids, takeBack, prove, stateOf } = await open(50, 1)
    const [id = ''] = ids
    await takeBack(id)
    await ctx.db.asWorker(async (tx) => {
      await sql`select settle_portfolio(${portfolio})`.execute(tx)
      expect(await prove(id)).toEqual(['applied'])
      expect((await claimDirectIntents(tx, lane, 64)).intents).toEqual([])
    })
    expect(await stateOf(id)).toBe('accepted')
  })

  it('is not claimed when its proof is written but not yet committed', async () => {
    const { lane, ids, takeBack, places, stateOf } = await open(50, 1)
    const [id = ''] = ids
    await takeBack(id)
    const written = gate()
    const claimed = gate()
    const proving = ctx.db.asWorker(async (tx) => {
      await sql`update messages set state = 'accepted', resolution = 'callback' where id = ${id}`.execute(tx)
      written.open()
      await claimed.opened
    })
    await written.opened
    const claimer = gate()
    let pid = 0
    const claiming = ctx.db.asWorker(async (tx) => {
      pid = (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)).rows[0]?.pid ?? 0
      claimer.open()
      return claimDirectIntents(tx, lane, 64)
    })
    await claimer.opened
    await expect.poll(() => isWaiting(pid)).toBe(true)
    claimed.open()
    await proving
    expect((await claiming).intents).toEqual([])
    expect(await stateOf(id)).toBe('accepted')
    expect(await places()).toEqual({ used: 1, people: 1 })
  })

  it('ends in no deadlock, in whatever order callbacks, claims and people come', async () => {
    const before = await deadlocks()
    for (let round = 0; round < 25; round += 1) {
      const { ids, takeBack, prove, claim, places } = await open(6, 6)
      await Promise.all(ids.map(takeBack))
      const acts: (() => Promise<unknown>)[] = ids.map((id) => () => prove(id))
      acts.splice(round % 7, 0, claim, claim)
      await Promise.all([...acts, claim].map((act) => act()))
      const { used, people } = await places()
      expect(used).toBe(people)
      expect(used).toBe(6)
    }
    expect(await deadlocks()).toBe(before)
  })
})

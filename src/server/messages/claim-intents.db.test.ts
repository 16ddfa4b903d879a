import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { testCtx } from '../platform/testing/index.ts'
import { claimDirectIntents, claimListIntents, releaseIntents } from './index.ts'
import { seedNumber } from './testing/index.ts'

const ctx = await testCtx()
const db = ctx.db.lanes

describe('a claim', () => {
  it('commits an intent with its attempt before it hands the message out', async () => {
    const seed = await seedNumber(ctx)
    const id = await seed.addMessage()
    const lane = await seed.takeLane()
    const { intents } = await claimDirectIntents(db, lane, 10)
    expect(intents).toMatchObject([
      { id, attempt: 1, epoch: lane.epoch, body: { name: 'order_update' }, deferrals: 0 },
    ])
    expect(await seed.run(sql`select state, status, attempt from messages where id = ${id}`)).toEqual([
      { state: 'intent', status: 'sending', attempt: 1 },
    ])
    expect(
      await seed.run(sql`select n, owner, outcome from message_attempts where message_id = ${id}`),
    ).toEqual([{ n: 1, owner: 'owner-1', outcome: null }])
  })

  it('takes replies before API messages', async () => {
    const seed = await seedNumber(ctx)
    const api = await seed.addMessage()
    const reply = await seed.addMessage({ priority: 0 })
    const { intents } = await claimDirectIntents(db, await seed.takeLane(), 10)
    expect(intents.map((intent) => intent.id)).toEqual([reply, api])
  })

  it('gives nothing to an owner whose lane was taken over', async () => {
    const seed = await seedNumber(ctx)
    await seed.addMessage()
    const old = await seed.takeLane('owner-1')
    await seed.takeLane('owner-2')
    expect((await claimDirectIntents(db, old, 10)).intents).toEqual([])
  })

  it('gives nothing once the lease has run out, whatever the owner believes', async () => {
    const seed = await seedNumber(ctx)
    const { listId } = await seed.addList({ recipients: 1 })
    const lane = await seed.takeLane()
    await seed.run(sql`update leases set lease_until = clock_timestamp() where key = ${seed.numberId}`)
    expect((await claimListIntents(db, lane, { list_id: listId, after: '' }, 10)).intents).toEqual([])
  })

  it('waits for a takeover in progress and then gives nothing', async () => {
    const seed = await seedNumber(ctx)
    await seed.addMessage()
    const lane = await seed.takeLane()
    const claim = await ctx.db.asWorker(async (tx) => {
      await sql`update leases set owner = 'owner-2', epoch = epoch + 1 where key = ${seed.numberId}`.execute(
        tx,
      )
      const waiting = claimDirectIntents(db, lane, 10)
      await ctx.clock.sleep(50)
      return { waiting }
    })
    expect((await claim.waiting).intents).toEqual([])
  })

  it('leaves a list alone whose gate is shut or has shut by itself', async () => {
    const seed = await seedNumber(ctx)
    const { listId } = await seed.addList({ recipients: 1, open: false })
    const lane = await seed.takeLane()
    const claim = () => claimListIntents(db, lane, { list_id: listId, after: '' }, 10)
    expect((await claim()).intents).toEqual([])
    await seed.run(
      sql`update list_gates set sends_until = now() - interval '1 second' where list_id = ${listId}`,
    )
    expect((await claim()).intents).toEqual([])
    await seed.run(
      sql`update list_gates set sends_until = now() + interval '1 hour' where list_id = ${listId}`,
    )
    expect((await claim()).intents).toHaveLength(1)
  })

  it.each(['PAUSED', 'DISABLED', 'REJECTED'])(
    'lets a list wait while its template is %s, and skips what is left when it is gone',
    async (status) => {
      const seed = await seedNumber(ctx)
      const { listId, templateId } = await seed.addList({ recipients: 2 })
      const lane = await seed.takeLane()
      const claim = () => claimListIntents(db, lane, { list_id: listId, after: '' }, 10)
      await seed.run(sql`update templates set status = ${status} where id = ${templateId}`)
      expect(await claim()).toMatchObject({ intents: [], skipped: [] })
      await seed.run(sql`update templates set status = 'DELETED' where id = ${templateId}`)
      expect((await claim()).skipped).toMatchObject([
        { skip_reason: 'template_not_approved' },
        { skip_reason: 'template_not_approved' },
      ])
    },
  )

  it.each([
    ['MARKETING', 'opted_out_marketing_at', 'skipped'],
    ['MARKETING', 'opted_out_all_at', 'skipped'],
    ['UTILITY', 'opted_out_marketing_at', 'intents'],
    ['UTILITY', 'opted_out_all_at', 'skipped'],
    ['AUTHENTICATION', 'opted_out_all_at', 'intents'],
  ] as const)('T42 of category %s to somebody with %s ends in %s', async (category, column, ends) => {
    const seed = await seedNumber(ctx)
    const { listId } = await seed.addList({ recipients: 1, category })
    await seed.run(
      sql`update contacts set ${sql.ref(column)} = now() where workspace_id = ${seed.workspaceId}`,
    )
    const claim = await claimListIntents(db, await seed.takeLane(), { list_id: listId, after: '' }, 10)
    expect(claim[ends]).toHaveLength(1)
  })

  it('goes by the category that the template has now', async () => {
    const seed = await seedNumber(ctx)
    const { listId, templateId } = await seed.addList({ recipients: 1, category: 'UTILITY' })
    await seed.run(
      sql`update contacts set opted_out_marketing_at = now() where workspace_id = ${seed.workspaceId}`,
    )
    await seed.run(sql`update templates set category = 'MARKETING' where id = ${templateId}`)
    const claim = await claimListIntents(db, await seed.takeLane(), { list_id: listId, after: '' }, 10)
    expect(claim.skipped).toMatchObject([{ skip_reason: 'opted_out' }])
  })

  it('skips free text outside the window, and takes it inside', async () => {
    const seed = await seedNumber(ctx)
    const [cold, warm] = [await seed.addContact(), await seed.addContact()]
    await seed.openWindow(warm)
    const late = await seed.addMessage({ type: 'text', contact_id: cold })
    const timely = await seed.addMessage({ type: 'text', contact_id: warm })
    const claim = await claimDirectIntents(db, await seed.takeLane(), 10)
    expect(claim.skipped).toMatchObject([{ id: late, skip_reason: 'window_closed' }])
    expect(claim.intents).toMatchObject([{ id: timely, body: { body: 'Hello' } }])
  })

  it('goes through a list by a low-water id and reports how far it came', async () => {
    const seed = await seedNumber(ctx)
    const { listId } = await seed.addList({ recipients: 5 })
    const lane = await seed.takeLane()
    const first = await claimListIntents(db, lane, { list_id: listId, after: '' }, 3)
    const rest = await claimListIntents(db, lane, { list_id: listId, after: first.last_id ?? '' }, 3)
    expect([first.intents.length, rest.intents.length]).toEqual([3, 2])
    expect(rest.intents.every((intent) => intent.id > (first.last_id ?? ''))).toBe(true)
  })
})

describe('two owners of one lane in turn', () => {
  it('never share an intent, however their claims interleave', async () => {
    const seed = await seedNumber(ctx)
    const { listId } = await seed.addList({ recipients: 400 })
    const claimed: string[] = []
    const epochs = new Map<string, number>()
    for (let round = 0; round < 20; round++) {
      const old = await seed.takeLane(`owner-${round}`)
      const takeover = seed.takeLane(`owner-${round}b`)
      const claims = [old, old, await takeover].map((lane) =>
        claimListIntents(db, lane, { list_id: listId, after: '' }, 7).then(({ intents }) => {
          for (const { id, epoch } of intents) epochs.set(id, epoch)
          return intents
        }),
      )
      for (const intents of await Promise.all(claims)) claimed.push(...intents.map((intent) => intent.id))
    }
    expect(new Set(claimed).size).toBe(claimed.length)
    const rows = await seed.run(sql<{ id: string; epoch: number }>`
      select id, epoch from messages where list_id = ${listId} and state = 'intent'`)
    expect(new Map(rows.map((row) => [row.id, row.epoch]))).toEqual(epochs)
  })
})

describe('giving back', () => {
  it('returns what was never written, and leaves alone what has moved on', async () => {
    const seed = await seedNumber(ctx)
    const [kept, accepted] = [await seed.addMessage(), await seed.addMessage()]
    const { intents } = await claimDirectIntents(db, await seed.takeLane(), 10)
    await seed.run(sql`update messages set state = 'accepted' where id = ${accepted}`)
    await releaseIntents(db, intents)
    expect(
      await seed.run(sql`select id, state from messages where number_id = ${seed.numberId} order by id`),
    ).toEqual(
      [
        { id: kept, state: 'queued' },
        { id: accepted, state: 'accepted' },
      ].sort((a, b) => (a.id < b.id ? -1 : 1)),
    )
    expect(await seed.run(sql`select outcome from message_attempts where message_id = ${kept}`)).toEqual([
      { outcome: 'unsent' },
    ])
  })

  it('does not touch the intent of a later attempt', async () => {
    const seed = await seedNumber(ctx)
    const id = await seed.addMessage()
    const first = await claimDirectIntents(db, await seed.takeLane(), 10)
    await releaseIntents(db, first.intents)
    await claimDirectIntents(db, await seed.takeLane('owner-2'), 10)
    await releaseIntents(db, first.intents)
    expect(await seed.run(sql`select state, attempt from messages where id = ${id}`)).toEqual([
      { state: 'intent', attempt: 2 },
    ])
  })
})

describe('a claim under the daily limit', () => {
  it('T45 makes intents for as many people as there are places; the others go on as soon as the tier rises', async () => {
    const seed = await seedNumber(ctx)
    await seed.run(sql`update numbers set messaging_limit = 'TIER_50' where id = ${seed.numberId}`)
    const { listId } = await seed.addList({ recipients: 70 })
    const lane = await seed.takeLane()
    const first = await claimListIntents(db, lane, { list_id: listId, after: '' }, 40)
    expect(first.intents).toHaveLength(40)
    const second = await claimListIntents(db, lane, { list_id: listId, after: first.last_id ?? '' }, 40)
    expect(second).toMatchObject({ intents: { length: 10 }, skipped: [] })
    const waiting = await seed.run(sql`
      select count(*) as n, bool_and(q.next_at between now() and now() + interval '5 seconds') as put_off
      from send_queue q join messages m on m.id = q.message_id and m.state = 'queued'
      where q.list_id = ${listId} and q.next_at = m.next_at`)
    expect(waiting).toEqual([{ n: 20, put_off: true }])
    await seed.run(sql`update numbers set messaging_limit = 'TIER_250' where id = ${seed.numberId}`)
    await seed.run(sql`update messages set next_at = now() where list_id = ${listId} and state = 'queued'`)
    const third = await claimListIntents(db, lane, { list_id: listId, after: '' }, 40)
    expect(third.intents).toHaveLength(20)
  })

  it('lets who is inside the window and who counts already pass, and takes no place for who is left out', async () => {
    const seed = await seedNumber(ctx)
    await seed.run(sql`update numbers set messaging_limit = 'TIER_1' where id = ${seed.numberId}`)
    const [gone, known, inside] = [await seed.addContact(), await seed.addContact(), await seed.addContact()]
    const marketing = await seed.addTemplate({ name: 'offer', category: 'MARKETING' })
    await seed.run(sql`update contacts set opted_out_all_at = now() where id = ${gone}`)
    await seed.openWindow(inside)
    await seed.addMessage({ contact_id: gone, template_id: marketing })
    await seed.addMessage({ contact_id: known })
    const again = await seed.addMessage({ contact_id: known })
    const answer = await seed.addMessage({ contact_id: inside })
    const stranger = await seed.addMessage()
    const { intents, skipped } = await claimDirectIntents(db, await seed.takeLane(), 10)
    const ids = intents.map((intent) => intent.id)
    expect(skipped).toMatchObject([{ skip_reason: 'opted_out', contact_id: gone }])
    expect(ids).toHaveLength(3)
    expect(ids).toEqual(expect.arrayContaining([again, answer]))
    expect(ids).not.toContain(stranger)
  })

  it('gives the place back when the provider refuses, and with it the next person goes', async () => {
    const seed = await seedNumber(ctx)
    await seed.run(sql`update numbers set messaging_limit = 'TIER_1' where id = ${seed.numberId}`)
    const lane = await seed.takeLane()
    const refused = await seed.addMessage()
    await claimDirectIntents(db, lane, 10)
    await seed.run(sql`update messages set state = 'rejected' where id = ${refused}`)
    const next = await seed.addMessage()
    const { intents } = await claimDirectIntents(db, lane, 10)
    expect(intents.map((intent) => intent.id)).toEqual([next])
  })
})

import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import type { StatusFact } from '../providers/index.ts'
import { applyStatuses, claimDirectIntents, writeOpaqueTag } from './index.ts'
import { markNotSent, resendMessage } from './settle-by-hand.ts'
import { seedNumber } from './testing/index.ts'

const ctx = await testCtx()

/** A number that may write to two people first within a day; the first message of unknown outcome took one place. */
async function open() {
  const seed = await seedNumber(ctx)
  const { owner } = await seedWorkspace(ctx)
  const actor = { ...owner, workspaceId: seed.workspaceId }
  await seed.run(sql`update numbers set messaging_limit = 'TIER_2' where id = ${seed.numberId}`)
  const lane = await seed.takeLane()
  const claim = async () => {
    await seed.run(sql`update messages set next_at = now() where state = 'queued'`)
    return (await claimDirectIntents(ctx.db.worker, lane, 10)).intents.map((message) => message.id)
  }
  const id = await seed.addMessage()
  await claim()
  await seed.run(sql`update messages set state = 'unknown', unknown_since = now() where id = ${id}`)
  const tell = (...kinds: StatusFact['status'][]) =>
    applyStatuses(
      ctx,
      seed.workspaceId,
      seed.numberId,
      kinds.map((kind) => ({
        kind: 'status' as const,
        waba_id: null,
        phone_number_id: null,
        external_id: `wamid.${id}`,
        whatsapp_id: null,
        status: kind,
        recipient: '598091234567',
        recipient_user_id: null,
        at: new Date(),
        opaque: writeOpaqueTag(ctx.secrets, seed.numberId, { message_id: id, attempt: 1 }),
        error: kind === 'failed' ? { code: '131026', title: 'Message undeliverable', detail: null } : null,
        pricing: null,
        conversation: null,
      })),
      null,
    )
  /** As the sender counts them, beside how many there are. */
  const places = async () => {
    const of = sql`portfolio_of(${seed.workspaceId}, ${seed.numberId})`
    const [settled] = await seed.run(sql<{ used: number }>`select settle_portfolio(${of}) as used`)
    const [counted] = await seed.run(
      sql<{ people: number }>`select count(*) as people from portfolio_recipients where portfolio = ${of}`,
    )
    return { ...settled, ...counted }
  }
  const writeTo = async (people: number) => {
    for (let left = people; left > 0; left -= 1) await seed.addMessage()
    return (await claim()).length
  }
  return { seed, actor, id, claim, tell, places, writeTo }
}

describe('the place of a message that was taken for not sent', () => {
  it('counts again once a callback proves that it went, however often that is told', async () => {
    const { actor, id, tell, places, writeTo } = await open()
    await markNotSent(ctx, actor, id)
    expect(await tell('sent')).toEqual(['applied'])
    expect(await tell('sent', 'delivered', 'read')).toEqual(['repeat', 'applied', 'applied'])
    expect(await places()).toEqual({ used: 1, people: 1 })
    expect(await writeTo(2)).toBe(1)
  })

  it('counts beside the one who got it meanwhile', async () => {
    const { seed, actor, id, tell, places, writeTo } = await open()
    await markNotSent(ctx, actor, id)
    expect(await writeTo(3)).toBe(2)
    const [taken] = await seed.run(sql<{ at: Date }>`select intent_at as at from messages where id = ${id}`)
    await tell('delivered')
    expect(await places()).toEqual({ used: 3, people: 3 })
    const [place] = await seed.run(
      sql<{ at: Date }>`select reserved_at as at from portfolio_recipients where message_id = ${id}`,
    )
    expect(Math.abs((place?.at.getTime() ?? 0) - (taken?.at.getTime() ?? 0))).toBeLessThan(1_000)
    expect(await writeTo(1)).toBe(0)
  })

  it('counts again when it is proven while the message waits to go once more', async () => {
    const { actor, id, tell, places, writeTo } = await open()
    await markNotSent(ctx, actor, id)
    expect(await writeTo(3)).toBe(2)
    await resendMessage(ctx, actor, id)
    await tell('sent')
    expect(await places()).toEqual({ used: 3, people: 3 })
  })

  it('stays free when the callback tells that it failed, until one tells that it arrived', async () => {
    const { actor, id, tell, places, writeTo } = await open()
    await markNotSent(ctx, actor, id)
    await tell('failed')
    expect(await writeTo(3)).toBe(2)
    expect(await places()).toEqual({ used: 2, people: 2 })
    await tell('delivered')
    expect(await places()).toEqual({ used: 3, people: 3 })
  })

  it('is free again when it fails after it was proven', async () => {
    const { actor, id, tell, writeTo } = await open()
    await markNotSent(ctx, actor, id)
    await tell('sent')
    await tell('failed')
    expect(await writeTo(3)).toBe(2)
  })

  it('is not counted for a day that is over', async () => {
    const { seed, actor, id, tell, places } = await open()
    await seed.run(sql`update portfolio_recipients set reserved_at = now() - interval '25 hours'
      where message_id = ${id}`)
    await markNotSent(ctx, actor, id)
    await tell('sent')
    expect(await places()).toEqual({ used: 0, people: 0 })
  })
})

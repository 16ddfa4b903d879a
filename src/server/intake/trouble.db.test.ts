import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { InboundFact } from '../../contract/index.ts'
import { getInboundLog } from './list-inbound-logs.ts'
import { resetSurvivors } from './queries-work.ts'
import { replayLog } from './replay-logs.ts'
import { metaBody, metaChange, openIntake, openShop, type Shop, text } from './testing/open-shop.ts'
import { runIntake } from './testing/run-intake.ts'

const intake = await openIntake()
const { ctx } = intake
const { send, work, logsOf, newestLogOf, rowsOf } = runIntake(intake)

describe('what is not ours to handle', () => {
  it('T04: a phone number id of another tenant in a rightly signed body is unrouted', async () => {
    const thief = await openShop(ctx)
    const victim = await openShop(ctx)
    const body = metaBody(
      { ...thief, phoneNumberId: victim.phoneNumberId },
      { messages: [text('wamid.t04', 'mine')] },
    )
    await send(thief, body)
    await work()
    expect(await newestLogOf(thief)).toMatchObject({ verdict: 'unrouted', facts: [{ outcome: 'unrouted' }] })
    expect(await rowsOf(sql`select from messages where workspace_id = ${victim.workspaceId}`)).toEqual([])
    expect(await logsOf(victim)).toEqual([])
  })

  it('T05: one broken item and one foreign number do not touch what stands beside them', async () => {
    const several = await openShop(ctx)
    const body = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        'no object',
        {
          id: several.wabaId,
          changes: [
            metaChange(several, {
              messages: ['no message', text('wamid.good', 'still here', '59899000020')],
            }),
            metaChange({ phoneNumberId: '1' }, { messages: [text('wamid.foreign', 'x')] }),
            {
              field: 'brand_new_field',
              value: { metadata: { phone_number_id: several.phoneNumberId }, hello: 1 },
            },
          ],
        },
      ],
    })
    await send(several, body)
    await work()
    const log = await newestLogOf(several)
    expect(log.verdict).toBe('processed')
    const outcomeOf = (facts: InboundFact[]) => facts.map(({ kind, outcome }) => `${kind} ${outcome}`).sort()
    expect(outcomeOf(log.facts)).toEqual([
      'message applied',
      'message unrouted',
      'problem failed',
      'problem failed',
      'unknown kept',
    ])
  })

  it('T08, T09: what is no webhook at all is refused with a reason, and kept', async () => {
    const odd = await openShop(ctx)
    await send(odd, 'not json', Buffer.from([0xff, 0xfe]), '['.repeat(200_000), '{"a":1}', '[]', 'null')
    await work()
    const data = await logsOf(odd)
    expect(data).toHaveLength(6)
    expect(data.filter(({ attempts }) => attempts !== 1)).toEqual([])
    const refused = data.find(({ body_bytes }) => body_bytes === 'not json'.length)
    expect(refused).toMatchObject({ verdict: 'refused' })
    expect(refused?.error).not.toBeNull()
    expect((await getInboundLog(ctx, odd.owner, refused?.id ?? '')).body).toBe('not json')
  })
})

/** What the bell says about webhooks that were set aside. */
async function parkedIn({ workspaceId }: Shop): Promise<unknown[]> {
  const rows = await rowsOf(sql<{ params: unknown }>`
    select params from notices
    where workspace_id = ${workspaceId} and kind = 'webhooks_parked' and resolved_at is null`)
  return rows.map(({ params }) => params)
}

describe('trouble', () => {
  it('a fact that fails is tried again, its neighbours stand, and in the end it is set aside', async () => {
    const torn = await openShop(ctx)
    const fine = metaChange(torn, { messages: [text('wamid.fine', 'ok', '59899000031')] })
    const numberless = {
      field: 'messages',
      value: { messaging_product: 'whatsapp', messages: [text('wamid.bad', 'x')] },
    }
    await send(
      torn,
      JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [{ id: torn.wabaId, changes: [numberless, fine] }],
      }),
    )
    const seen: unknown[] = []
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await work()
      const log = await newestLogOf(torn)
      seen.push([log.verdict, log.attempts, ...log.facts.map(({ outcome }) => outcome)])
      await sql`update inbound_logs set next_at = now() where id = ${log.id}`.execute(ctx.db.worker)
    }
    expect(seen).toEqual([
      ...[1, 2, 3, 4].map((attempts) => ['failed', attempts, 'failed', 'applied']),
      ['parked', 5, 'failed', 'applied'],
    ])
    expect((await newestLogOf(torn)).error).toContain('does not say which number')
    expect(await parkedIn(torn)).toEqual([{ count: 1 }])
  })

  it('a message of nobody is set aside at once, with a plain reason: trying again would not help', async () => {
    const odd = await openShop(ctx)
    // Not a phone, and no user id beside it: nobody can have written this.
    const messages = [text('wamid.nobody', 'x', '123'), text('wamid.somebody', 'ok', '59899000032')]
    await send(odd, metaBody(odd, { messages }))
    await work()
    expect(await newestLogOf(odd)).toMatchObject({
      ...{ verdict: 'parked', attempts: 1 },
      error: 'Nobody can be told from this: it has neither a phone nor a user id.',
      facts: [{ outcome: 'failed' }, { outcome: 'applied' }],
    })
    expect(await parkedIn(odd)).toEqual([{ count: 1 }])
  })

  it('replaying what is set aside rings for nothing that was told before, and goes quiet when it helped', async () => {
    const odd = await openShop(ctx)
    const nobody = (n: number) => metaBody(odd, { messages: [text(`wamid.nobody.${n}`, 'x', `12${n}`)] })
    const notices = () =>
      rowsOf(sql<{ id: string; params: unknown; open: boolean }>`
        select id, params, resolved_at is null as open from notices where workspace_id = ${odd.workspaceId} order by id`)
    await send(odd, nobody(1), nobody(2), nobody(3))
    await work()
    const told = await notices()
    expect(told.at(-1)).toMatchObject({ params: { count: 3 }, open: true })
    for (const { id } of await logsOf(odd)) {
      await replayLog(ctx, odd.owner, id)
      await work()
    }
    expect(await notices()).toEqual(told)

    const [mended] = await logsOf(odd)
    const body = Buffer.from(metaBody(odd, { messages: [text('wamid.somebody.1', 'ok', '59899000033')] }))
    await sql`update inbound_logs set body = ${body} where id = ${mended?.id}`.execute(ctx.db.worker)
    await replayLog(ctx, odd.owner, mended?.id ?? '')
    await work()
    expect((await notices()).map(({ id }) => id)).toEqual(told.map(({ id }) => id))
    expect(await parkedIn(odd)).toEqual([{ count: 2 }])

    await send(odd, nobody(4))
    await work()
    expect(await notices()).toHaveLength(told.length + 1)
    expect(await parkedIn(odd)).toEqual([{ count: 3 }])
  })

  it('F14 a webhook that a dead process had in its hands is worked on alone, parked after its second death, and tried again a while later', async () => {
    const fatal = await openShop(ctx)
    await send(
      fatal,
      ...['a', 'b', 'c'].map((id) =>
        metaBody(fatal, { messages: [text(`wamid.fatal.${id}`, id, '59899000040')] }),
      ),
    )
    const data = await logsOf(fatal)
    const ids = data.map(({ id }) => id).sort()
    const [first = ''] = ids
    const [{ partition } = { partition: 0 }] = await rowsOf(sql<{ partition: number }>`
      select partition from inbound_logs where id = ${first}`)
    const die = (held: string[]) =>
      sql`insert into intake_claims (partition, owner, ids) values (${partition}, 'a process that died', ${held})
        on conflict (partition) do update set owner = excluded.owner, ids = excluded.ids`.execute(
        ctx.db.worker,
      )
    await die(ids)
    await work()
    expect((await logsOf(fatal)).map(({ verdict }) => verdict)).toEqual([
      'processed',
      'processed',
      'processed',
    ])

    const dieFor = async (deathsBefore: number) => {
      await replayLog(ctx, fatal.owner, first)
      await sql`update inbound_logs set crashes = ${deathsBefore} where id = ${first}`.execute(ctx.db.worker)
      await die([first])
      await work()
      return (await logsOf(fatal)).find(({ id }) => id === first)
    }
    expect(await dieFor(0)).toMatchObject({ verdict: 'processed' })
    const aside = await dieFor(1)
    expect(aside).toMatchObject({ verdict: 'parked' })
    expect(aside?.error).toContain('2 times')
    // A process that is killed, or cut off from its database, takes down whatever it has in its hands just then.
    const again = async () => {
      await resetSurvivors(ctx.db.worker, 10)
      await work()
      return (await logsOf(fatal)).find(({ id }) => id === first)
    }
    expect(await again()).toMatchObject({ verdict: 'parked' })
    await sql`update inbound_logs set next_at = now() where id = ${first}`.execute(ctx.db.worker)
    expect(await again()).toMatchObject({ verdict: 'processed', error: null })
    expect(await parkedIn(fatal)).toEqual([])
    const parked = await dieFor(4)
    await sql`update inbound_logs set next_at = now() where id = ${first}`.execute(ctx.db.worker)
    expect(await again()).toMatchObject({ verdict: 'parked' })
    expect(parked).toMatchObject({ verdict: 'parked' })
    expect(parked?.error).toContain('5 times')
    expect(await parkedIn(fatal)).toEqual([{ count: 1 }])

    await replayLog(ctx, fatal.owner, first)
    await work()
    expect((await logsOf(fatal)).find(({ id }) => id === first)).toMatchObject({ verdict: 'processed' })
    expect(await parkedIn(fatal)).toEqual([])
  })
})

import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { messageStatusEvent } from '../../contract/index.ts'
import { testCtx } from '../platform/testing/index.ts'
import type { StatusFact } from '../providers/index.ts'
import {
  type AttemptOutcome,
  applyStatuses,
  claimDirectIntents,
  getMessage,
  recordOutcomes,
  writeOpaqueTag,
} from './index.ts'
import { seedNumber } from './testing/index.ts'

const ctx = await testCtx()

const times = { enqueued: 0, sent: 1, delivered: 2, read: 3, played: 4, failed: 5 }

function status(kind: StatusFact['status'], externalId: string, rest: Partial<StatusFact> = {}): StatusFact {
  return {
    kind: 'status',
    waba_id: null,
    phone_number_id: null,
    external_id: externalId,
    whatsapp_id: null,
    status: kind,
    recipient: '598091234567',
    recipient_user_id: null,
    at: new Date(`2025-11-03T10:00:0${times[kind]}.000Z`),
    opaque: null,
    error: kind === 'failed' ? { code: '131026', title: 'Message undeliverable', detail: null } : null,
    pricing: null,
    conversation: null,
    ...rest,
  }
}

/** A message of which the provider has said yes. */
async function sentMessage() {
  const seed = await seedNumber(ctx)
  const id = await seed.addMessage()
  await claimDirectIntents(ctx.db.worker, await seed.takeLane(), 10)
  const externalId = `wamid.${id}`
  const outcome: AttemptOutcome = {
    workspace_id: seed.workspaceId,
    number_id: seed.numberId,
    message_id: id,
    attempt: 1,
    outcome: 'accepted',
    http_status: 200,
    external_id: externalId,
    error: null,
    retry_in_ms: null,
  }
  const apply = (...facts: StatusFact[]) => applyStatuses(ctx, seed.workspaceId, seed.numberId, facts, null)
  const shown = async () =>
    (
      await seed.run(sql<{ status: string; delivered_at: Date | null; read_at: Date | null }>`
        select status, state, sent_at, delivered_at, read_at, failed_at, external_id from messages where id = ${id}`)
    )[0]
  const events = () =>
    seed.run(sql<{ type: string; data: unknown }>`
      select type, data from events where message_id = ${id} order by seq`)
  const tag = writeOpaqueTag(ctx.secrets, seed.numberId, { message_id: id, attempt: 1 })
  return { seed, id, externalId, outcome, apply, shown, events, tag }
}

/** The message went to the phone that its contact has. */
const ofTheirPhone = (messageId: string) => sql<unknown>`
  update contacts c set phone = m.to_phone from messages m
  where m.id = ${messageId} and c.workspace_id = m.workspace_id and c.id = m.contact_id`

async function acceptedMessage() {
  const message = await sentMessage()
  await recordOutcomes(ctx, [message.outcome])
  return message
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  )
}

describe('statuses', () => {
  it('F07 end the same in every order', async () => {
    const ends = []
    for (const order of permutations(['sent', 'delivered', 'read', 'failed'] as const)) {
      const { externalId, apply, shown } = await acceptedMessage()
      for (const kind of order) expect(await apply(status(kind, externalId))).toEqual(['applied'])
      const { external_id: _, ...end } = { external_id: '', ...(await shown()) }
      ends.push(JSON.stringify(end))
    }
    expect(new Set(ends).size).toBe(1)
    expect(JSON.parse(ends[0] ?? '')).toMatchObject({
      status: 'read',
      delivered_at: '2025-11-03T10:00:02.000Z',
    })
  })

  it('F07 change nothing when they come a second time', async () => {
    const { externalId, apply, shown, events } = await acceptedMessage()
    await apply(status('sent', externalId), status('delivered', externalId))
    const before = [await shown(), await events()]
    expect(await apply(status('delivered', externalId), status('sent', externalId))).toEqual([
      'repeat',
      'repeat',
    ])
    expect([await shown(), await events()]).toEqual(before)
  })

  it('told twice in one batch count once', async () => {
    const { externalId, apply, events } = await acceptedMessage()
    expect(await apply(status('sent', externalId), status('sent', externalId))).toEqual(['applied', 'repeat'])
    expect((await events()).map((event) => event.type)).toEqual(['message.sent', 'message.status_updated'])
  })

  it('write the events of the contract, one pair for each fact', async () => {
    const { externalId, apply, events, id } = await acceptedMessage()
    await apply(
      status('delivered', externalId, {
        pricing: { category: 'utility', type: null, model: null, billable: true },
      }),
    )
    const written = (await events()).map((event) => messageStatusEvent.parse(event.data))
    expect(written).toMatchObject([
      {
        event: 'message.delivered',
        message_id: id,
        status: 'delivered',
        timestamp: '2025-11-03T10:00:02Z',
        pricing_category: 'utility',
      },
      { event: 'message.status_updated', message_id: id, status: 'delivered' },
    ])
  })

  it('are shown with what they are charged as and the conversation they count to', async () => {
    const { seed, id, externalId, apply } = await acceptedMessage()
    const pricing = { category: 'utility', type: 'regular', model: 'PMP', billable: true }
    const conversation = { id: 'c1', origin: 'utility', expires_at: '2025-11-04T10:00:00.000Z' }
    await apply(status('sent', externalId, { pricing, conversation }), status('read', externalId))
    const message = await ctx.db.inWorkspace(seed.workspaceId, (tx) => getMessage(tx, seed.workspaceId, id))
    expect(message.statuses).toEqual([
      { kind: 'sent', at: '2025-11-03T10:00:01.000Z', pricing, conversation },
      { kind: 'read', at: '2025-11-03T10:00:03.000Z' },
    ])
  })

  it('show a message as delivered when it was read without a delivered status', async () => {
    const { externalId, apply, shown } = await acceptedMessage()
    await apply(status('read', externalId))
    expect(await shown()).toMatchObject({ status: 'read', delivered_at: new Date('2025-11-03T10:00:03Z') })
  })

  it('keep showing a delivery when a failure comes late, record the failure, and tell nobody of it', async () => {
    const { seed, id, externalId, apply, shown, events } = await acceptedMessage()
    await apply(status('delivered', externalId))
    const before = await events()
    await apply(status('failed', externalId))
    expect(await shown()).toMatchObject({ status: 'delivered' })
    expect(await events()).toEqual(before)
    expect(
      await seed.run(sql`select kind from message_statuses where message_id = ${id} order by kind`),
    ).toEqual([{ kind: 'delivered' }, { kind: 'failed' }])
  })

  it('that tell that a person has stopped our messages opt that person out, once', async () => {
    const { seed, id, externalId, apply, events } = await acceptedMessage()
    const error = { code: '131050', title: 'User has stopped marketing messages', detail: null }
    const person = async () =>
      (
        await seed.run(sql<{ marketing: Date | null; all: Date | null; phone: string }>`
          select c.opted_out_marketing_at as marketing, c.opted_out_all_at as all, c.phone
          from contacts c join messages m on m.contact_id = c.id where m.id = ${id}`)
      )[0]
    await apply(status('failed', externalId, { error }))
    await apply(status('failed', externalId, { error }))
    const stopped = await person()
    expect(stopped).toMatchObject({ marketing: new Date('2025-11-03T10:00:05.000Z'), all: null })
    expect((await events()).map(({ type }) => type)).toEqual(['message.failed', 'message.status_updated'])
    expect(
      await seed.run(
        sql`select type, data from events where type like 'recipient.%' and number_id = ${seed.numberId}`,
      ),
    ).toMatchObject([
      {
        type: 'recipient.opted_out',
        data: {
          from: `+${stopped?.phone}`,
          reason: 'recipient_requested_stop',
          scope: 'marketing',
          message_text: null,
        },
      },
    ])
  })

  it('that tell of another failure opt nobody out', async () => {
    const { seed, externalId, apply } = await acceptedMessage()
    await apply(status('failed', externalId))
    expect(
      await seed.run(sql`select from contacts where workspace_id = ${seed.workspaceId}
        and (opted_out_marketing_at is not null or opted_out_all_at is not null)`),
    ).toEqual([])
  })

  it('teach under which user id somebody goes whom we wrote to by phone', async () => {
    const { seed, id, externalId, apply } = await acceptedMessage()
    await seed.run(ofTheirPhone(id))
    const named = { recipient_user_id: `UY.${seed.numberId.slice(-12)}` }
    const people = () =>
      seed.run(sql`select user_id, told from contacts where workspace_id = ${seed.workspaceId}`)
    await apply(status('sent', externalId, named))
    const known = [{ user_id: named.recipient_user_id, told: { user_id: '2025-11-03T10:00:01.000Z' } }]
    expect(await people()).toEqual(known)
    await apply(status('delivered', externalId, { recipient_user_id: 'UY.ANOTHER' }))
    expect(await people()).toEqual(known)
  })

  it('join the record of somebody who wrote under a user id alone with the one of their phone', async () => {
    const { seed, id, externalId, apply } = await acceptedMessage()
    await seed.run(ofTheirPhone(id))
    const user = `UY.${seed.numberId.slice(-12)}`
    await seed.run(sql`
      insert into contacts (workspace_id, id, user_id, profile_name)
      values (${seed.workspaceId}, ${ctx.random.id('ctc')}, ${user}, 'Ana')`)
    await apply(status('read', externalId, { recipient_user_id: user }))
    expect(
      await seed.run(
        sql`select phone is not null as has_phone, user_id, profile_name from contacts where workspace_id = ${seed.workspaceId}`,
      ),
    ).toEqual([{ has_phone: true, user_id: user, profile_name: 'Ana' }])
  })

  it('of two processes at once give one event for each fact', async () => {
    const { externalId, apply, events } = await acceptedMessage()
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => apply(status('sent', externalId))))
    expect(outcomes.flat().sort()).toEqual(['applied', 'repeat', 'repeat', 'repeat'])
    expect(await events()).toHaveLength(2)
  })
})

describe('a status that comes before the answer', () => {
  it('with our tag proves that the message went out', async () => {
    const { externalId, apply, shown, tag, outcome, seed, id } = await sentMessage()
    expect(await apply(status('sent', externalId, { opaque: tag }))).toEqual(['applied'])
    expect(await shown()).toMatchObject({ status: 'sent', state: 'accepted', external_id: externalId })
    await recordOutcomes(ctx, [outcome])
    expect(await shown()).toMatchObject({ status: 'sent', state: 'accepted' })
    expect(
      await seed.run(sql`select outcome, resolution from message_attempts a join messages m on m.id = a.message_id
      where a.message_id = ${id}`),
    ).toEqual([{ outcome: 'accepted', resolution: 'callback' }])
  })

  it('without a tag is kept and applied when the answer names its message', async () => {
    const { externalId, apply, shown, outcome, events, seed } = await sentMessage()
    expect(await apply(status('delivered', externalId))).toEqual(['unrouted'])
    await recordOutcomes(ctx, [outcome])
    expect(await shown()).toMatchObject({ status: 'delivered' })
    expect((await events()).map((event) => event.type)).toEqual([
      'message.delivered',
      'message.status_updated',
    ])
    expect(await seed.run(sql`select 1 from orphan_statuses where number_id = ${seed.numberId}`)).toEqual([])
  })

  it('finds its message even when both are written at the same moment', async () => {
    for (let round = 0; round < 15; round++) {
      const { externalId, apply, shown, outcome } = await sentMessage()
      await Promise.all([recordOutcomes(ctx, [outcome]), apply(status('delivered', externalId))])
      expect(await shown()).toMatchObject({ status: 'delivered' })
    }
  })

  it('T44 with a forged tag, or one of another number, is matched by nothing', async () => {
    const { externalId, apply, shown, tag } = await sentMessage()
    const forged = `${tag.slice(0, -1)}${tag.endsWith('A') ? 'B' : 'A'}`
    expect(await apply(status('sent', externalId, { opaque: forged }))).toEqual(['unrouted'])
    const other = await sentMessage()
    expect(await other.apply(status('sent', externalId, { opaque: tag }))).toEqual(['unrouted'])
    expect(await shown()).toMatchObject({ status: 'sending' })
  })
})

describe('statuses of a message to a group', () => {
  const of = (member: string) => ({ recipient: member, member })

  it('are kept for each member, and the message is told once for each kind', async () => {
    const { seed, id, externalId, apply, shown, events, outcome } = await sentMessage()
    expect(await apply(status('delivered', externalId, of('598091000001')))).toEqual(['unrouted'])
    await recordOutcomes(ctx, [outcome])
    const told = [
      status('sent', externalId),
      status('delivered', externalId, of('598091000001')),
      status('delivered', externalId, of('UY.2')),
      status('read', externalId, of('UY.2')),
    ]
    expect(await apply(...told)).toEqual(['applied', 'repeat', 'applied', 'applied'])
    expect(await apply(...told)).toEqual(['repeat', 'repeat', 'repeat', 'repeat'])
    expect(await shown()).toMatchObject({ status: 'read' })
    const kinds = (await events()).map(({ type }) => type).filter((type) => type !== 'message.status_updated')
    expect(kinds.toSorted()).toEqual(['message.delivered', 'message.read', 'message.sent'])
    const { statuses } = await ctx.db.inWorkspace(seed.workspaceId, (tx) =>
      getMessage(tx, seed.workspaceId, id),
    )
    expect(statuses.map(({ kind, member }) => [kind, member])).toEqual([
      ['sent', undefined],
      ['delivered', undefined],
      ['delivered', '598091000001'],
      ['delivered', 'UY.2'],
      ['read', undefined],
      ['read', 'UY.2'],
    ])
  })
})

describe("a status that names WhatsApp's id only", () => {
  const named = (externalId: string) => ({ whatsapp_id: `wamid.of.${externalId}` })

  it('counts with the one that tells whose id that is, in any order and together', async () => {
    for (const arrange of ['before', 'after', 'together', 'together, backwards']) {
      const { externalId, apply, shown, outcome, events, seed } = await sentMessage()
      await recordOutcomes(ctx, [outcome])
      const told = status('enqueued', externalId, named(externalId))
      const nameless = status('sent', `wamid.of.${externalId}`)
      if (arrange === 'before') await apply(told).then(() => apply(nameless))
      else if (arrange === 'after') await apply(nameless).then(() => apply(told))
      else
        expect(await apply(...(arrange === 'together' ? [told, nameless] : [nameless, told]))).toEqual([
          'applied',
          'applied',
        ])
      expect([arrange, await shown()]).toMatchObject([arrange, { status: 'sent', external_id: externalId }])
      expect((await events()).map(({ type }) => type)).toEqual(['message.sent', 'message.status_updated'])
      expect(await seed.run(sql`select 1 from orphan_statuses where number_id = ${seed.numberId}`)).toEqual(
        [],
      )
    }
  })

  it('counts when both came before the answer', async () => {
    const { externalId, apply, shown, outcome } = await sentMessage()
    await apply(status('sent', `wamid.of.${externalId}`))
    await apply(status('enqueued', externalId, named(externalId)))
    await recordOutcomes(ctx, [outcome])
    expect(await shown()).toMatchObject({ status: 'sent', external_id: externalId })
  })

  it('counts even when both are written at the same moment', async () => {
    for (let round = 0; round < 15; round++) {
      const { externalId, apply, shown, outcome } = await sentMessage()
      await recordOutcomes(ctx, [outcome])
      await Promise.all([
        apply(status('enqueued', externalId, named(externalId))),
        apply(status('delivered', `wamid.of.${externalId}`)),
      ])
      expect(await shown()).toMatchObject({ status: 'delivered' })
    }
  })
})

describe('a callback is stronger than', () => {
  it.each(['unknown', 'held', 'expired', 'queued'])('the state %s', async (state) => {
    const { seed, id, externalId, apply, shown, tag } = await sentMessage()
    await seed.run(sql`update messages set state = ${state} where id = ${id}`)
    await apply(status('delivered', externalId, { opaque: tag }))
    expect(await shown()).toMatchObject({ state: 'accepted', status: 'delivered' })
  })
})

import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { MessageId } from '../../contract/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { claimDirectIntents, recordOutcomes } from './index.ts'
import { selectPolicy, upsertPolicy } from './queries-resend-policy.ts'
import { countResends, countUnsettled, selectResends, selectUnsettled } from './queries-unsettled.ts'
import { recordFacts } from './record-facts.ts'
import { resendByPolicy } from './resend-by-policy.ts'
import { markNotSent, resendMessage } from './settle-by-hand.ts'
import { settleMany } from './settle-many.ts'
import { seedNumber } from './testing/index.ts'

const ctx = await testCtx()
const page = { before: null, limit: 50 }

async function open() {
  const seed = await seedNumber(ctx)
  const { owner } = await seedWorkspace(ctx)
  const actor = { ...owner, workspaceId: seed.workspaceId }
  const stateOf = async (id: string) =>
    (await seed.run(sql<{ state: string }>`select state from messages where id = ${id}`))[0]?.state
  /** A message that was sent `minutesAgo` and of which nothing was heard since. */
  const doubtful = async (minutesAgo: number, state = 'unknown', category = 'UTILITY') => {
    const id = await seed.addMessage()
    await seed.run(sql`
      update messages set state = ${state}, category = ${category}, attempt = 1, epoch = 1,
        intent_at = now() - ${minutesAgo} * interval '1 minute',
        unknown_since = now() - ${minutesAgo} * interval '1 minute'
      where id = ${id}`)
    await seed.run(sql`
      insert into message_attempts (workspace_id, message_id, n, epoch, owner, outcome, intent_at)
      select workspace_id, id, 1, 1, 'gone', 'unknown', intent_at from messages where id = ${id}`)
    return id
  }
  /** Other sends of that time, the first `told` of them with a status. */
  const witnesses = async (minutesAgo: number, sent: number, told: number) => {
    for (let i = 0; i < sent; i++) {
      const id = await doubtful(minutesAgo, 'accepted')
      await seed.run(sql`update message_attempts set outcome = 'accepted' where message_id = ${id}`)
      if (i < told) await seed.run(sql`update messages set sent_at = now() where id = ${id}`)
    }
  }
  const wishResend = async () => {
    await upsertPolicy(ctx.db.worker, seed.workspaceId, 'resend')
    await seed.run(sql`update sending_policies set changed_at = now() - interval '1 day'`)
    await seed.run(
      sql`update connectors set last_webhook_at = now() where workspace_id = ${seed.workspaceId}`,
    )
  }
  const isResent = async (id: MessageId) => {
    await resendByPolicy(ctx)
    return (await stateOf(id)) === 'queued'
  }
  return { seed, actor, stateOf, doubtful, witnesses, wishResend, isResent }
}

describe('a person decides on a message of unknown outcome', () => {
  it('that it was not sent; a status that comes all the same wins', async () => {
    const { seed, actor, stateOf, doubtful } = await open()
    const id = await doubtful(20, 'held')
    expect(await selectUnsettled(ctx.db.worker, seed.workspaceId, page)).toMatchObject([
      { id, state: 'held' },
    ])
    const marked = await markNotSent(ctx, actor, id)
    expect(marked).toMatchObject({ status: 'cancelled', error: { code: 'marked_not_sent' } })
    expect(await selectUnsettled(ctx.db.worker, seed.workspaceId, page)).toEqual([])
    await markNotSent(ctx, actor, id)
    const fact = {
      message_id: id,
      kind: 'sent' as const,
      at: new Date(),
      error: null,
      pricing: null,
      inbound_log_id: null,
      external_id: 'wamid.1',
      whatsapp_id: null,
      attempt: 1,
    }
    await recordFacts(ctx.db.worker, seed.workspaceId, [fact])
    expect(await stateOf(id)).toBe('accepted')
    await expect(markNotSent(ctx, actor, id)).rejects.toMatchObject({ code: 'message_state_wrong' })
    await expect(resendMessage(ctx, actor, id)).rejects.toMatchObject({ code: 'message_state_wrong' })
  })

  it('that it was not sent; the answer that says it was wins, however late it is written', async () => {
    const { seed, actor, stateOf, doubtful } = await open()
    const id = await doubtful(20, 'held')
    await markNotSent(ctx, actor, id)
    await recordOutcomes(ctx, [
      {
        workspace_id: seed.workspaceId,
        number_id: seed.numberId,
        message_id: id,
        attempt: 1,
        outcome: 'accepted',
        http_status: 200,
        external_id: `wamid.${id}`,
        error: null,
        retry_in_ms: null,
      },
    ])
    expect(await stateOf(id)).toBe('accepted')
  })

  it('that it goes again: as another attempt, written down, and named when both arrived', async () => {
    const { seed, actor, doubtful } = await open()
    const id = await doubtful(20, 'held')
    expect((await resendMessage(ctx, actor, id)).status).toBe('queued')
    expect(await countResends(ctx.db.worker, seed.workspaceId)).toEqual({ total: 1, doubled: 0 })
    const lane = await seed.takeLane()
    const { intents } = await claimDirectIntents(ctx.db.worker, lane, 10)
    expect(intents).toMatchObject([{ id, attempt: 2 }])
    await seed.run(sql`update message_attempts set outcome = 'accepted' where message_id = ${id}`)
    expect(await selectResends(ctx.db.worker, seed.workspaceId, page)).toMatchObject([
      { message_id: id, attempt: 1, decided_by: 'operator', actor_name: actor.name, was_doubled: true },
    ])
  })

  it('not on a message of another workspace', async () => {
    const mine = await open()
    const id = await (await open()).doubtful(20, 'held')
    await expect(resendMessage(ctx, mine.actor, id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a person decides on many at once', () => {
  it('on those named; what was settled meanwhile is left alone', async () => {
    const { seed, actor, stateOf, doubtful } = await open()
    const [one, two, other] = [await doubtful(20, 'held'), await doubtful(20), await doubtful(20)]
    await markNotSent(ctx, actor, two)
    const settled = await settleMany(ctx, actor, { decision: 'resend', message_ids: [one, two] })
    expect(settled).toEqual({ settled: 1, left: 0, numberIds: [seed.numberId] })
    expect(await Promise.all([one, two, other].map(stateOf))).toEqual(['queued', 'cancelled', 'unknown'])
    expect(await selectResends(ctx.db.worker, seed.workspaceId, page)).toMatchObject([
      { message_id: one, attempt: 1, decided_by: 'operator', actor_name: actor.name },
    ])
  })

  it('on all that a filter finds, and on none that came into doubt after the question', async () => {
    const { seed, actor, stateOf, doubtful } = await open()
    const [held, unknown, late] = [await doubtful(20, 'held'), await doubtful(20), await doubtful(1, 'held')]
    const until = new Date(Date.now() - 600_000).toISOString()
    expect(await countUnsettled(ctx.db.worker, seed.workspaceId, { state: 'held' })).toBe(2)
    const all = { state: 'held' as const, number_id: seed.numberId, until }
    expect(await settleMany(ctx, actor, { decision: 'not_sent', all })).toMatchObject({ settled: 1, left: 0 })
    expect(await Promise.all([held, unknown, late].map(stateOf))).toEqual(['cancelled', 'unknown', 'held'])
  })

  it('in batches, and says how many are left', async () => {
    const { seed, actor, doubtful } = await open()
    const id = await doubtful(20, 'held')
    await seed.run(sql`
      insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content, state)
      select workspace_id, parley_id('msg'), number_id, contact_id, 'out', 'api', 'text', '{}', 'held'
      from messages, generate_series(1, 520) where id = ${id}`)
    const all = { until: new Date(Date.now() + 60_000).toISOString() }
    const decide = () => settleMany(ctx, actor, { decision: 'not_sent', all })
    expect(await decide()).toMatchObject({ settled: 500, left: 21 })
    expect(await decide()).toMatchObject({ settled: 21, left: 0 })
    expect(await decide()).toMatchObject({ settled: 0, left: 0 })
  })

  it('never on those of another workspace', async () => {
    const mine = await open()
    const id = await (await open()).doubtful(20, 'held')
    const settled = await settleMany(ctx, mine.actor, { decision: 'resend', message_ids: [id] })
    expect(settled).toMatchObject({ settled: 0, left: 0 })
  })
})

describe('the policy for UTILITY', () => {
  it('is to hold, unless the workspace wants otherwise', async () => {
    const { seed, doubtful, witnesses, isResent } = await open()
    expect(await selectPolicy(ctx.db.worker, seed.workspaceId)).toBe('hold')
    await witnesses(15, 20, 20)
    expect(await isResent(await doubtful(15))).toBe(false)
  })

  it('sends again once where the callbacks around it are proven healthy', async () => {
    const { seed, doubtful, witnesses, wishResend, isResent } = await open()
    await wishResend()
    await witnesses(15, 20, 19)
    const id = await doubtful(15)
    expect(await isResent(id)).toBe(true)
    expect(await selectResends(ctx.db.worker, seed.workspaceId, page)).toMatchObject([
      { message_id: id, decided_by: 'policy', was_doubled: false },
    ])
    await seed.run(sql`
      update messages set state = 'unknown', unknown_since = now() - interval '15 minutes' where id = ${id}`)
    expect(await isResent(id)).toBe(false)
  })

  it.each([
    ['fewer than 20 others went out', 15, 19, 19],
    ['fewer than 95 % of them have a status', 15, 20, 18],
    ['they went out at another time', 25, 20, 20],
  ])('never sends again when %s', async (_, minutesAgo, sent, told) => {
    const { doubtful, witnesses, wishResend, isResent } = await open()
    await wishResend()
    await witnesses(minutesAgo, sent, told)
    expect(await isResent(await doubtful(15))).toBe(false)
  })

  it('never concerns MARKETING, nor what is younger than ten minutes or older than an hour', async () => {
    const { doubtful, witnesses, wishResend, isResent } = await open()
    await wishResend()
    for (const minutesAgo of [5, 15, 70]) await witnesses(minutesAgo, 20, 20)
    expect(await isResent(await doubtful(15, 'held', 'MARKETING'))).toBe(false)
    expect(await isResent(await doubtful(5))).toBe(false)
    expect(await isResent(await doubtful(70, 'held'))).toBe(false)
    expect(await isResent(await doubtful(15, 'held'))).toBe(true)
  })

  it('waits while webhooks are waiting to be read', async () => {
    const { seed, doubtful, witnesses, wishResend, isResent } = await open()
    await wishResend()
    await witnesses(15, 20, 20)
    const id = await doubtful(15)
    await seed.run(sql`
      insert into inbound_logs (id, source, partition, body_bytes, sha256, received_at)
      values ('inl_backlog', 'meta', 0, 1, '\\x00', now() - interval '10 seconds')`)
    expect(await isResent(id)).toBe(false)
    await seed.run(sql`delete from inbound_logs where id = 'inl_backlog'`)
    expect(await isResent(id)).toBe(true)
  })
})

import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { testCtx } from '../platform/testing/index.ts'
import type { StatusFact } from '../providers/index.ts'
import { type AttemptOutcome, applyStatuses, claimDirectIntents, recordOutcomes } from './index.ts'
import { seedNumber } from './testing/index.ts'

const ctx = await testCtx()
const recipient = '598097654321'

function failure(externalId: string, rest: Partial<StatusFact> = {}): StatusFact {
  return {
    kind: 'status',
    waba_id: null,
    phone_number_id: null,
    external_id: externalId,
    whatsapp_id: null,
    status: 'failed',
    recipient,
    recipient_user_id: null,
    at: new Date(),
    opaque: null,
    error: { code: '131026', title: 'Message undeliverable', detail: null },
    pricing: null,
    conversation: null,
    ...rest,
  }
}

/** Messages to one person, claimed, each with an outcome or still in flight. */
async function messagesTo(outcomes: readonly (AttemptOutcome['outcome'] | null)[]) {
  const seed = await seedNumber(ctx)
  const lane = await seed.takeLane()
  const ids: string[] = []
  for (const outcome of outcomes) {
    const id = await seed.addMessage()
    ids.push(id)
    await seed.run(sql`update messages set to_phone = ${recipient} where id = ${id}`)
    await claimDirectIntents(ctx.db.worker, lane, 10)
    if (outcome === null) continue
    const base = {
      workspace_id: seed.workspaceId,
      number_id: seed.numberId,
      message_id: id,
      attempt: 1,
      outcome,
    }
    await recordOutcomes(ctx, [
      { ...base, http_status: null, external_id: null, error: null, retry_in_ms: null },
    ])
  }
  const apply = (...facts: StatusFact[]) => applyStatuses(ctx, seed.workspaceId, seed.numberId, facts, null)
  const shown = async (id: string) =>
    (
      await seed.run(sql<{ status: string; external_id: string | null; resolution: string | null }>`
        select status, external_id, resolution from messages where id = ${id}`)
    )[0]
  return { seed, ids, apply, shown }
}

describe('a failure without id and tag of ours', () => {
  it('settles the only message to that person whose outcome is unknown', async () => {
    const { ids, apply, shown } = await messagesTo(['unknown'])
    expect(await apply(failure('wamid.lost'))).toEqual(['applied'])
    const settled = { status: 'failed', external_id: 'wamid.lost', resolution: 'inferred' }
    expect(await shown(ids[0] ?? '')).toEqual(settled)
    expect(await apply(failure('wamid.lost'))).toEqual(['repeat'])
    expect(await shown(ids[0] ?? '')).toEqual(settled)
  })

  it.each([
    ['two outcomes are unknown', ['unknown', 'unknown'] as const],
    ['another message to the person is in flight', ['unknown', null] as const],
    ['the only message is in flight', [null] as const],
  ])('settles nothing when %s', async (_, outcomes) => {
    const { seed, apply } = await messagesTo(outcomes)
    expect(await apply(failure('wamid.whose'))).toEqual(['unrouted'])
    expect(
      await seed.run(
        sql`select state from messages where number_id = ${seed.numberId} and state = 'accepted'`,
      ),
    ).toEqual([])
  })

  it('settles nothing when it is about somebody else, or bears the data of another system', async () => {
    const { apply } = await messagesTo(['unknown'])
    expect(await apply(failure('wamid.1', { recipient: '598091111111' }))).toEqual(['unrouted'])
    expect(await apply(failure('wamid.2', { opaque: 'another system' }))).toEqual(['unrouted'])
    expect(await apply(failure('wamid.3', { status: 'delivered', error: null }))).toEqual(['unrouted'])
  })

  it('settles nothing when two of them come for one person', async () => {
    const { apply } = await messagesTo(['unknown'])
    expect(await apply(failure('wamid.1'), failure('wamid.2'))).toEqual(['unrouted', 'unrouted'])
  })

  it('stays an orphan once it was kept as one, so that a replay changes nothing', async () => {
    const { ids, apply, shown } = await messagesTo([null])
    await apply(failure('wamid.early'))
    await ctx.db.worker
      .updateTable('messages')
      .set({ state: 'unknown', unknown_since: new Date() })
      .where('id', '=', ids[0] ?? '')
      .execute()
    expect(await apply(failure('wamid.early'))).toEqual(['unrouted'])
    expect(await shown(ids[0] ?? '')).toMatchObject({ status: 'unknown' })
  })
})

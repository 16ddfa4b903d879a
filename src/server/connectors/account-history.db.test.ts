import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { connectorId, customerEvent, numberId } from '../../contract/index.ts'
import { readFlags } from '../notices/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import {
  type AccountFact,
  createProviders,
  type JsonObject,
  type NumberFact,
  type ServerCtx,
} from '../providers/index.ts'
import { applyAccountChange } from './apply-account-change.ts'
import { changeNumber } from './change-number.ts'

const base = await testCtx()
const ctx: ServerCtx = { ...base, providers: createProviders({ log: base.log }) }
afterAll(() => ctx.providers.close())

const phone = '59829001234'
const at = (minute: number) => new Date(Date.UTC(2026, 1, 3, 10, minute))

/** An account with one number, and ways to say something about it and to see what came of it. */
async function account(provider: 'meta' | 'gupshup' = 'meta') {
  const { workspaceId, owner } = await seedWorkspace(ctx)
  const id = connectorId.parse(ctx.random.id('con'))
  const number = numberId.parse(ctx.random.id('num'))
  await sql`
    insert into connectors (workspace_id, id, provider, name, status, key, waba_id, credentials_sealed)
    values (${workspaceId}, ${id}, ${provider}, 'Shop', 'ACTIVE', ${id}, ${id}, '')`.execute(ctx.db.worker)
  await sql`
    insert into numbers (workspace_id, id, connector_id, phone_number_id, display_phone_number, phone, verified_name,
      quality_rating, messaging_limit)
    values (${workspaceId}, ${number}, ${id}, ${number}, '+598 2900 1234', ${phone}, 'Corner Shop', 'GREEN', 'TIER_2K')`.execute(
    ctx.db.worker,
  )
  const rows = async <Row>(query: ReturnType<typeof sql<Row>>) => (await query.execute(ctx.db.worker)).rows
  return {
    workspaceId,
    owner,
    id,
    number,
    tell: (fact: AccountFact | NumberFact) => applyAccountChange(ctx, workspaceId, id, fact),
    learn: (values: object) =>
      ctx.db.inWorkspace(workspaceId, (tx) =>
        changeNumber(ctx, tx, { workspaceId, numberId: number, values }, { at: at(30), inboundLogId: null }),
      ),
    /** Each in the form that the contract promises. */
    events: async () => {
      const told = await rows(sql<{ type: string; data: Record<string, unknown> }>`
        select type, data from events where workspace_id = ${workspaceId} order by seq`)
      for (const { data } of told) customerEvent.parse(data)
      return told
    },
    history: () =>
      rows(sql<Record<string, unknown>>`
        select topic, change, previous, value, number_id from account_changes
        where workspace_id = ${workspaceId} order by id`),
    flags: async () =>
      (await ctx.db.inWorkspace(workspaceId, (tx) => readFlags(tx, workspaceId, [id, number]))).map(
        ({ kind, until }) => ({ kind, until }),
      ),
    openNotices: async () =>
      (
        await rows(sql<{ aspect: string }>`
        select aspect from notices where workspace_id = ${workspaceId} and resolved_at is null order by id`)
      ).map(({ aspect }) => aspect),
    numberRow: async () =>
      (await rows(sql<Record<string, unknown>>`select * from numbers where id = ${number}`))[0],
  }
}

const origin = { waba_id: null, phone_number_id: null }
const update = (minute: number, change: string, value: JsonObject = {}): AccountFact => ({
  kind: 'account',
  ...origin,
  field: 'account_update',
  change,
  value,
  at: at(minute),
})
const ban = (minute: number, waba_ban_state: string) =>
  update(minute, 'DISABLED_UPDATE', { ban_info: { waba_ban_state } })
const ofNumber = (minute: number, field: string, change: string, value: JsonObject = {}): NumberFact => ({
  kind: 'number',
  ...origin,
  phone,
  field,
  change,
  value,
  at: at(minute),
})

describe('what a provider says about an account', () => {
  const future = Math.floor(Date.now() / 1_000) + 86_400
  const restriction = update(1, 'ACCOUNT_RESTRICTION', {
    restriction_info: [{ restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: future }],
  })

  test('stands in its history, goes out as an event and flags the account, once', async () => {
    const it = await account()
    expect(await it.tell(restriction)).toBe('applied')
    expect(await it.tell(restriction)).toBe('repeat')
    expect(await it.history()).toMatchObject([{ topic: 'restriction', number_id: null }])
    expect(await it.events()).toMatchObject([
      {
        type: 'account.status_updated',
        data: {
          status: 'restricted',
          connector_id: it.id,
          restrictions: [
            {
              type: 'RESTRICTED_BIZ_INITIATED_MESSAGING',
              expires_at: new Date(future * 1_000).toISOString(),
            },
          ],
        },
      },
    ])
    expect(await it.flags()).toEqual([
      { kind: 'account_restricted', until: new Date(future * 1_000).toISOString() },
    ])
  })

  test('a restriction that has ended flags nothing', async () => {
    const it = await account()
    const ended = { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1_700_000_000 }
    expect(await it.tell(update(1, 'ACCOUNT_RESTRICTION', { restriction_info: [ended] }))).toBe('applied')
    expect(await it.flags()).toEqual([])
  })

  test('ends at the same flags in any order, told once or often', async () => {
    const facts = [
      ban(1, 'SCHEDULE_FOR_DISABLE'),
      ban(2, 'DISABLE'),
      ban(3, 'REINSTATE'),
      update(4, 'ACCOUNT_VIOLATION', { violation_info: { violation_type: 'SPAM' } }),
    ]
    for (const order of [facts, facts.toReversed(), [...facts, ...facts]]) {
      const it = await account()
      for (const fact of order) await it.tell(fact)
      const topics = (await it.history()).map(({ topic }) => topic).toSorted()
      expect(topics).toEqual(['ban', 'ban', 'ban', 'violation'])
      expect((await it.flags()).map(({ kind }) => kind)).toEqual(
        at(4).getTime() + 30 * 86_400_000 > Date.now() ? ['account_violation'] : [],
      )
    }
  })

  test('a late one goes into the history only', async () => {
    const it = await account()
    await it.tell(ban(5, 'REINSTATE'))
    await it.tell(ban(1, 'DISABLE'))
    expect((await it.events()).map(({ data }) => data.status)).toEqual(['reinstated'])
    expect(await it.flags()).toEqual([])
    expect(await it.history()).toHaveLength(2)
  })

  test('a capability sets the limit of its numbers, and both are told', async () => {
    const it = await account()
    const capability: AccountFact = {
      ...update(1, 'business_capability_update', { max_daily_conversations_per_business: 'TIER_10K' }),
      field: 'business_capability_update',
    }
    expect(await it.tell(capability)).toBe('applied')
    expect(await it.numberRow()).toMatchObject({ messaging_limit: 'TIER_10K' })
    expect((await it.events()).map(({ type }) => type).toSorted()).toEqual([
      'account.capability_updated',
      'account.tier_updated',
    ])
  })

  test('reaches another connector of the same account; customers hear of it once', async () => {
    const it = await account()
    const second = connectorId.parse(ctx.random.id('con'))
    await sql`
      insert into connectors (workspace_id, id, provider, name, status, key, waba_id, credentials_sealed)
      values (${it.workspaceId}, ${second}, 'meta', 'Second', 'ACTIVE', ${second}, ${it.id}, '')`.execute(
      ctx.db.worker,
    )
    await it.tell(ban(1, 'DISABLE'))
    expect(await applyAccountChange(ctx, it.workspaceId, second, ban(1, 'DISABLE'))).toBe('repeat')
    expect(await it.events()).toHaveLength(1)
    expect(await it.history()).toHaveLength(2)
  })
})

describe('what a provider says about several flows of an account', () => {
  const trouble = (minute: number, flow_id: string, event: string, alert_state: string): AccountFact => ({
    ...update(minute, event, { event, flow_id, alert_state, message: 'Slow' }),
    field: 'flows',
  })
  const latency = 'ENDPOINT_LATENCY'

  test('one that is well again leaves the flags of the others', async () => {
    const facts = [
      trouble(1, 'one', latency, 'ACTIVATED'),
      trouble(2, 'other', latency, 'ACTIVATED'),
      trouble(3, 'one', 'CLIENT_ERROR_RATE', 'ACTIVATED'),
      trouble(4, 'one', latency, 'DEACTIVATED'),
    ]
    for (const order of [facts, facts.toReversed(), [...facts, ...facts]]) {
      const it = await account()
      for (const fact of order) await it.tell(fact)
      expect((await it.openNotices()).toSorted()).toEqual(['one CLIENT_ERROR_RATE', `other ${latency}`])
      for (const fact of [
        trouble(5, 'one', 'CLIENT_ERROR_RATE', 'DEACTIVATED'),
        trouble(6, 'other', latency, 'DEACTIVATED'),
      ])
        await it.tell(fact)
      expect(await it.openNotices()).toEqual([])
    }
  })

  test('an alert that is over leaves those of other kinds', async () => {
    const alert = (minute: number, alert_type: string, alert_status: string): AccountFact => ({
      ...update(minute, alert_type, {
        entity_id: '77',
        alert_info: { alert_severity: 'WARNING', alert_status, alert_type },
      }),
      field: 'account_alerts',
    })
    const it = await account()
    await it.tell(alert(1, 'PROFILE_PICTURE_LOST', 'ACTIVE'))
    await it.tell(alert(2, 'OBA_REJECTED', 'ACTIVE'))
    await it.tell(alert(3, 'OBA_REJECTED', 'NONE'))
    expect(await it.openNotices()).toEqual(['77 PROFILE_PICTURE_LOST'])
  })
})

describe('what a provider says about a number', () => {
  const quality = 'phone_number_quality_update'

  test('a tier is told with what it was before, and a late one changes nothing', async () => {
    const it = await account()
    expect(await it.tell(ofNumber(5, quality, 'UPGRADE', { current_limit: 'TIER_100K' }))).toBe('applied')
    await it.tell(ofNumber(1, quality, 'DOWNGRADE', { current_limit: 'TIER_250' }))
    expect(await it.numberRow()).toMatchObject({ messaging_limit: 'TIER_100K' })
    expect(await it.events()).toMatchObject([
      {
        type: 'account.tier_updated',
        data: {
          change: 'UPGRADE',
          previous_limit: 'TIER_2K',
          limit: 'TIER_100K',
          instance_id: it.number,
          instance_name: 'Corner Shop',
        },
      },
    ])
  })

  test('quality that was asked for flags the number, and the flag goes when it recovers', async () => {
    const it = await account()
    await it.learn({ quality_rating: 'RED' })
    expect(await it.flags()).toEqual([{ kind: 'number_quality_red', until: null }])
    await it.learn({ quality_rating: 'YELLOW' })
    expect(await it.flags()).toEqual([{ kind: 'number_quality_fell', until: null }])
    await it.learn({ quality_rating: 'GREEN' })
    expect(await it.flags()).toEqual([])
    expect(await it.events()).toMatchObject([
      { type: 'number.quality_updated', data: { previous_quality: 'GREEN', quality: 'RED' } },
      { type: 'number.quality_updated', data: { previous_quality: 'RED', quality: 'YELLOW' } },
      { type: 'number.quality_updated', data: { previous_quality: 'YELLOW', quality: 'GREEN' } },
    ])
    expect(await it.learn({ quality_rating: 'GREEN' })).toBe(false)
  })

  test('a Gupshup number that is flagged counts as RED, for it can not be asked', async () => {
    const it = await account('gupshup')
    await it.tell({ ...ofNumber(1, quality, 'FLAGGED'), phone: null })
    expect(await it.numberRow()).toMatchObject({ quality_rating: 'RED' })
    await it.tell({ ...ofNumber(2, quality, 'UNFLAGGED'), phone: null })
    expect(await it.numberRow()).toMatchObject({ quality_rating: 'UNKNOWN' })
    expect((await it.events()).map(({ type }) => type)).toEqual([
      'account.tier_updated',
      'number.quality_updated',
      'account.tier_updated',
      'number.quality_updated',
    ])
  })

  test('a rejected name is told with its reason and flagged until one is approved', async () => {
    const it = await account()
    const name = (minute: number, decision: string, more: JsonObject = {}) =>
      ofNumber(minute, 'phone_number_name_update', decision, {
        requested_verified_name: 'Best Shop',
        ...more,
      })
    await it.tell(name(1, 'REJECTED', { rejection_reason: 'NAME_FORMAT_UNACCEPTABLE' }))
    expect(await it.flags()).toEqual([{ kind: 'number_name_rejected', until: null }])
    expect(await it.numberRow()).toMatchObject({ verified_name: 'Corner Shop' })
    await it.tell(name(2, 'APPROVED'))
    expect(await it.flags()).toEqual([])
    expect(await it.numberRow()).toMatchObject({ verified_name: 'Best Shop' })
    expect(await it.events()).toMatchObject([
      {
        type: 'number.name_updated',
        data: { status: 'rejected', name: 'Best Shop', reason: 'NAME_FORMAT_UNACCEPTABLE' },
      },
      { type: 'number.name_updated', data: { status: 'approved', name: 'Best Shop' } },
    ])
  })

  test('a PIN that somebody wants to reset is a notice and no flag', async () => {
    const it = await account()
    expect(await it.tell(ofNumber(1, 'security', 'PIN_RESET_REQUEST', { requester: '6155' }))).toBe('applied')
    expect(await it.flags()).toEqual([])
    expect(await it.history()).toMatchObject([{ topic: 'security', change: 'PIN_RESET_REQUEST' }])
    expect(await it.tell({ ...ofNumber(2, 'security', 'PIN_CHANGED'), phone: '59800000000' })).toBe('kept')
  })
})

import { type RawBuilder, sql } from 'kysely'
import { expect, it } from 'vitest'
import { customerEvent } from '../../contract/index.ts'
import { type GupshupShop, openGupshupShop, openIntake } from './testing/open-shop.ts'
import { runIntake } from './testing/run-intake.ts'

const intake = await openIntake()
const { ctx, app } = intake
const { work, rowsOf } = runIntake(intake)

const timestamp = 1_762_164_000_000
const future = Date.now() + 86_400_000

function event(type: string, payload: object, n = 0): object {
  return { app: 'ShopLine', timestamp: timestamp + n * 60_000, version: 2, type, payload }
}

/** What Gupshup says of accounts, templates, people and prices, in the forms of its documents. */
const news = [
  event('account-event', { type: 'review-event', payload: { status: 'approved', actionDate: 'May 3,2026' } }),
  event('account-event', {
    type: 'status-event',
    payload: {
      status: 'ACCOUNT_RESTRICTED',
      restrictionInfo: [{ restrictionType: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: future }],
    },
  }),
  event('account-event', {
    type: 'status-event',
    payload: { status: 'ACCOUNT_VIOLATION', violation_type: 'GAMBLING' },
  }),
  event('account-event', {
    type: 'pndn-event',
    payload: { status: 'rejected', rejectedReason: 'INVALID_FORMAT' },
  }),
  event('account-event', {
    type: 'tier-event',
    payload: { event: 'upgrade', oldLimit: 'TIER_1K', currentLimit: 'TIER_10K' },
  }),
  event(
    'account-event',
    {
      type: 'capability-event',
      payload: { maxDailyConversationPerPhone: 100_000, maxPhoneNumbersPerBusiness: 25 },
    },
    1,
  ),
  event('template-event', {
    type: 'category-update',
    id: 'T1',
    elementName: 'order_ready',
    languageCode: 'en_US',
    category: { current: 'MARKETING', correct: 'UTILITY' },
  }),
  event(
    'template-event',
    {
      type: 'category-update',
      id: 'T1',
      elementName: 'order_ready',
      languageCode: 'en_US',
      category: { old: 'MARKETING', new: 'UTILITY' },
    },
    1,
  ),
  event('preference-event', {
    type: 'user_preferences',
    payload: {
      user_preferences: [
        {
          wa_id: '59899000300',
          userid: 'UY.300',
          category: 'marketing_messages',
          value: 'stop',
          timestamp: 1_762_164_000,
        },
      ],
    },
  }),
  event('user-event', { phone: '59899000301', type: 'opted-out' }),
  event('billing-event', {
    deductions: { type: 'regular', model: 'PMP', billable: true, category: 'utility' },
    references: { gsId: 'gs-told-1', id: 'gBEG1', destination: '59899000302' },
  }),
]

async function stateOf(shop: GupshupShop) {
  const w = shop.workspaceId
  const of = (query: RawBuilder<Record<string, unknown>>) => rowsOf(query)
  return {
    events: (await of(sql`select type, data from events where workspace_id = ${w} order by seq`)).map(
      ({ type, data }) => ({ type, data: customerEvent.parse(data) }),
    ),
    number: await of(sql`select messaging_limit from numbers where id = ${shop.numberId}`),
    template: await of(sql`select category, coming_category from templates where workspace_id = ${w}`),
    contacts: await of(sql`
      select phone, user_id, opted_out_all_at is not null as all, opted_out_marketing_at is not null as marketing
      from contacts where workspace_id = ${w} order by phone`),
    message: await of(sql`select pricing from messages where workspace_id = ${w}`),
    notices: await of(sql`
      select kind from notices where workspace_id = ${w} and resolved_at is null order by kind`),
    restricted: await of(sql`select kind, until from account_restrictions where workspace_id = ${w}`),
  }
}

async function tell(shop: GupshupShop, bodies: readonly object[]): Promise<void> {
  for (const payload of bodies) {
    const answer = await app.inject({ method: 'POST', url: shop.path, payload })
    expect([answer.statusCode, answer.body]).toEqual([200, ''])
    await work()
  }
}

async function open(): Promise<GupshupShop> {
  const shop = await openGupshupShop(ctx)
  await sql`
    insert into templates (workspace_id, id, connector_id, external_id, name, language, category, status, components)
    values (${shop.workspaceId}, parley_id('tpl'), ${shop.connectorId}, 'T1', 'order_ready', 'en_US', 'MARKETING',
      'APPROVED', '[]')`.execute(ctx.db.worker)
  await sql`
    with person as (
      insert into contacts (workspace_id, id, phone) values (${shop.workspaceId}, parley_id('ctc'), '59899000302')
      returning id
    )
    insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content, state, external_id)
    select ${shop.workspaceId}, parley_id('msg'), ${shop.numberId}, id, 'out', 'api', 'text', '{}', 'accepted',
      'gs-told-1' from person`.execute(ctx.db.worker)
  return shop
}

it('what Gupshup says goes to the same owners as what Meta says, and told twice changes nothing', async () => {
  const shop = await open()
  await tell(shop, news)
  const state = await stateOf(shop)
  expect(state.events.map(({ type }) => type)).toEqual([
    'account.review_updated',
    'account.status_updated',
    'account.status_updated',
    'number.name_updated',
    'account.tier_updated',
    'account.capability_updated',
    'account.tier_updated',
    'template.category_updated',
    'template.category_updated',
    'recipient.opted_out',
    'recipient.opted_out',
  ])
  expect(state).toMatchObject({
    number: [{ messaging_limit: 'TIER_100K' }],
    template: [{ category: 'UTILITY', coming_category: null }],
    contacts: [
      { phone: '59899000300', user_id: 'UY.300', all: false, marketing: true },
      { phone: '59899000301', all: true, marketing: false },
      { phone: '59899000302', all: false, marketing: false },
    ],
    message: [{ pricing: { category: 'utility', model: 'PMP', billable: true } }],
    restricted: [{ kind: 'restricted' }],
  })
  expect(state.notices.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['account_restricted', 'number_name_rejected', 'template_category_changed']),
  )
  await tell(shop, news)
  expect(await stateOf(shop)).toEqual(state)
})

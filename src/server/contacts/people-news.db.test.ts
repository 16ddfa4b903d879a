import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { numberId } from '../../contract/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import type { ContactChangeFact, PreferenceFact } from '../providers/index.ts'
import { applyAddressBook } from './apply-address-book.ts'
import { changeIdentity } from './change-identity.ts'
import { applyPreference } from './consent/apply-preference.ts'
import { readContactHistory } from './read-contact-history.ts'
import { upsertContact } from './upsert-contact.ts'

const ctx = await testCtx()
const at = (minute: number) => new Date(Date.UTC(2026, 1, 3, 10, minute))
const origin = { waba_id: null, phone_number_id: null }

async function shop() {
  const { workspaceId, owner } = await seedWorkspace(ctx)
  const number = numberId.parse(ctx.random.id('num'))
  await sql`
    with con as (
      insert into connectors (workspace_id, id, provider, name, key, credentials_sealed)
      values (${workspaceId}, parley_id('con'), 'meta', 'Shop', ${number}, '') returning id
    )
    insert into numbers (workspace_id, id, connector_id, phone_number_id, display_phone_number, phone, verified_name)
    select ${workspaceId}, ${number}, id, ${number}, '+598 2900 1234', '59829001234', 'Corner Shop' from con`.execute(
    ctx.db.worker,
  )
  const contacts = async () => {
    const query = sql<Record<string, unknown>>`
      select id, phone, user_id, name, opted_out_all_at, opted_out_marketing_at from contacts
      where workspace_id = ${workspaceId} order by id`
    return (await query.execute(ctx.db.worker)).rows
  }
  const events = async () => {
    const query = sql<{ type: string; data: Record<string, unknown> }>`
      select type, data from events where workspace_id = ${workspaceId} order by seq`
    return (await query.execute(ctx.db.worker)).rows
  }
  const known = (identity: { phone: string | null; user_id: string | null }) =>
    ctx.db.inWorkspace(workspaceId, (tx) =>
      upsertContact(tx, workspaceId, { ...identity, source: 'inbound' }),
    )
  return { workspaceId, owner, number, contacts, events, known }
}

const phone = '59899123456'
const preference = (value: string, minute: number, more: Partial<PreferenceFact> = {}): PreferenceFact => ({
  kind: 'preference',
  ...origin,
  phone,
  user_id: null,
  category: 'marketing_messages',
  value,
  at: at(minute),
  ...more,
})

describe('what people tell WhatsApp about our messages', () => {
  it('holds as an opt-out of marketing, told once, with source and time', async () => {
    const it = await shop()
    const apply = (fact: PreferenceFact) =>
      applyPreference(ctx, it.workspaceId, { numberId: it.number, fact, inboundLogId: null })
    expect(await apply(preference('stop', 1))).toBe('applied')
    expect(await apply(preference('stop', 1))).toBe('repeat')
    const [contact] = await it.contacts()
    expect(contact).toMatchObject({ phone, opted_out_marketing_at: at(1), opted_out_all_at: null })
    expect(await it.events()).toMatchObject([
      {
        type: 'recipient.opted_out',
        data: {
          instance_id: it.number,
          instance_name: 'Corner Shop',
          from: `+${phone}`,
          reason: 'recipient_requested_stop',
          message_text: null,
          scope: 'marketing',
        },
      },
    ])
    const { consent } = await readContactHistory(ctx, it.owner, (await it.known({ phone, user_id: null })).id)
    expect(consent).toMatchObject([
      { scope: 'marketing', opted_out: true, source: 'whatsapp', number_id: it.number },
    ])
  })

  it('ends the same in any order: the newest word counts', async () => {
    const facts = [preference('stop', 1), preference('resume', 2), preference('stop', 3)]
    const orders = [facts, facts.toReversed(), [facts[2], facts[0], facts[1], facts[0]]]
    for (const order of orders) {
      const it = await shop()
      for (const fact of order) {
        if (fact)
          await applyPreference(ctx, it.workspaceId, { numberId: it.number, fact, inboundLogId: null })
      }
      expect(await it.contacts()).toMatchObject([{ opted_out_marketing_at: at(3) }])
    }
  })

  it('a resume lifts only what was said the same way', async () => {
    const it = await shop()
    const { id } = await it.known({ phone, user_id: null })
    await sql`
      insert into consent_changes (workspace_id, id, contact_id, scope, opted_out, source, at)
      values (${it.workspaceId}, parley_id('cns'), ${id}, 'marketing', true, 'keyword', ${at(0)})`.execute(
      ctx.db.worker,
    )
    const apply = (fact: PreferenceFact) =>
      applyPreference(ctx, it.workspaceId, { numberId: it.number, fact, inboundLogId: null })
    await apply(preference('stop', 1))
    await apply(preference('resume', 2))
    expect(await it.contacts()).toMatchObject([{ opted_out_marketing_at: at(0) }])
    expect((await it.events()).map(({ type }) => type)).toEqual(['recipient.opted_out'])
  })

  it("Gupshup's older word stops everything; other categories are kept", async () => {
    const it = await shop()
    const apply = (fact: PreferenceFact) =>
      applyPreference(ctx, it.workspaceId, { numberId: it.number, fact, inboundLogId: null })
    expect(await apply(preference('stop', 1, { category: 'all' }))).toBe('applied')
    expect(await apply(preference('stop', 1, { category: 'calls' }))).toBe('kept')
    expect(await apply(preference('maybe', 1))).toBe('kept')
    expect(await it.contacts()).toMatchObject([{ opted_out_all_at: at(1), opted_out_marketing_at: null }])
    expect(await apply(preference('resume', 2, { category: 'all' }))).toBe('applied')
    expect((await it.events()).map(({ type }) => type)).toEqual(['recipient.opted_out', 'recipient.opted_in'])
  })

  it('works for somebody known by user id only', async () => {
    const it = await shop()
    const fact = preference('stop', 1, { phone: null, user_id: 'UY.5501' })
    await applyPreference(ctx, it.workspaceId, { numberId: it.number, fact, inboundLogId: null })
    expect(await it.contacts()).toMatchObject([
      { phone: null, user_id: 'UY.5501', opted_out_marketing_at: at(1) },
    ])
    expect(await it.events()).toMatchObject([{ data: { from: null, from_user_id: 'UY.5501' } }])
  })
})

describe('a new phone or user id', () => {
  const change = (more: Partial<ContactChangeFact>): ContactChangeFact => ({
    kind: 'contact_change',
    ...origin,
    external_id: null,
    old_phone: null,
    new_phone: null,
    old_user_id: null,
    new_user_id: null,
    at: at(1),
    ...more,
  })
  const moved = change({ old_phone: '59899000001', new_phone: '59899000002' })

  it('is taken over by the contact, once, and stands in its history', async () => {
    const it = await shop()
    const { id } = await it.known({ phone: '59899000001', user_id: 'UY.1' })
    expect(await changeIdentity(ctx, it.workspaceId, moved, null)).toBe('applied')
    expect(await changeIdentity(ctx, it.workspaceId, moved, null)).toBe('repeat')
    expect(await it.contacts()).toMatchObject([{ id, phone: '59899000002', user_id: 'UY.1' }])
    expect((await readContactHistory(ctx, it.owner, id)).identity).toMatchObject([
      { kind: 'phone', previous: '59899000001', value: '59899000002', at: at(1).toISOString() },
    ])
  })

  it('told again after somebody else got the old phone touches nobody', async () => {
    const it = await shop()
    await it.known({ phone: '59899000001', user_id: null })
    await changeIdentity(ctx, it.workspaceId, moved, null)
    const { id } = await it.known({ phone: '59899000001', user_id: null })
    expect(await changeIdentity(ctx, it.workspaceId, moved, null)).toBe('repeat')
    expect((await it.contacts()).find((one) => one.id === id)).toMatchObject({ phone: '59899000001' })
  })

  it('joins the record that arose under the new phone meanwhile', async () => {
    const it = await shop()
    const { id } = await it.known({ phone: '59899000001', user_id: 'UY.1' })
    // Ids of one millisecond have no order, and the older record is the one that stays.
    await ctx.clock.sleep(2)
    await it.known({ phone: '59899000002', user_id: null })
    await changeIdentity(ctx, it.workspaceId, moved, null)
    expect(await it.contacts()).toMatchObject([{ id, phone: '59899000002', user_id: 'UY.1' }])
  })

  it('leaves whoever had the new phone before under a user id of their own', async () => {
    const it = await shop()
    await it.known({ phone: '59899000001', user_id: 'UY.1' })
    await it.known({ phone: '59899000002', user_id: 'UY.2' })
    await sql`update contacts set created_at = ${at(0)} where workspace_id = ${it.workspaceId}`.execute(
      ctx.db.worker,
    )
    await changeIdentity(ctx, it.workspaceId, moved, null)
    expect(await it.contacts()).toMatchObject([
      { phone: '59899000002', user_id: 'UY.1' },
      { phone: null, user_id: 'UY.2' },
    ])
  })

  it('told backwards ends with the newest phone and one record', async () => {
    const again = change({ old_phone: '59899000002', new_phone: '59899000003', at: at(2) })
    for (const order of [
      [moved, again],
      [again, moved],
    ]) {
      const it = await shop()
      const { id } = await it.known({ phone: '59899000001', user_id: null })
      // WhatsApp's own message about the change comes from the phone that was given up.
      if (order[0] === again) await it.known({ phone: '59899000002', user_id: null })
      for (const fact of order) expect(await changeIdentity(ctx, it.workspaceId, fact, null)).toBe('applied')
      for (const fact of order) expect(await changeIdentity(ctx, it.workspaceId, fact, null)).toBe('repeat')
      expect(await it.contacts()).toMatchObject([{ id, phone: '59899000003' }])
    }
  })

  it('a user id alone changes too; what names nobody is kept', async () => {
    const it = await shop()
    const { id } = await it.known({ phone: null, user_id: 'UY.1' })
    const ids = change({ old_user_id: 'UY.1', new_user_id: 'UY.9' })
    expect(await changeIdentity(ctx, it.workspaceId, ids, null)).toBe('applied')
    expect(await it.contacts()).toMatchObject([{ id, phone: null, user_id: 'UY.9' }])
    expect(await changeIdentity(ctx, it.workspaceId, change({ old_user_id: 'UY.77' }), null)).toBe('kept')
    expect(await it.contacts()).toHaveLength(1)
  })
})

describe('the address book of the app', () => {
  it('gives names to contacts that have none, and makes new ones', async () => {
    const it = await shop()
    await it.known({ phone, user_id: null })
    const entry = { kind: 'address_book', ...origin, action: 'add', phone, name: 'Ana', at: at(1) } as const
    expect(await applyAddressBook(ctx, it.workspaceId, entry)).toBe('applied')
    expect(await applyAddressBook(ctx, it.workspaceId, entry)).toBe('repeat')
    const older = { ...entry, name: 'Anita', at: at(0) }
    expect(await applyAddressBook(ctx, it.workspaceId, older)).toBe('repeat')
    expect(await applyAddressBook(ctx, it.workspaceId, { ...entry, phone: '59899000009' })).toBe('applied')
    expect(await applyAddressBook(ctx, it.workspaceId, { ...entry, action: 'remove' })).toBe('kept')
    expect(await it.contacts()).toMatchObject([
      { phone, name: 'Ana' },
      { phone: '59899000009', name: 'Ana' },
    ])
  })
})

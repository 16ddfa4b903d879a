import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Contact } from '../../contract/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createContact } from './create-contact.ts'
import { getContact } from './get-contact.ts'
import type { Identity } from './identity.ts'
import { listContacts } from './list-contacts.ts'
import { upsertContact } from './upsert-contact.ts'
import { upsertContactsByPhone } from './upsert-contacts-by-phone.ts'

const ctx = await testCtx()
let seeded: Awaited<ReturnType<typeof seedWorkspace>>
let numberId: string

beforeAll(async () => {
  seeded = await seedWorkspace(ctx)
  numberId = await insertNumber()
})

describe('a contact', () => {
  it('is made once, however many say so at the same time', async () => {
    const results = await Promise.all(
      Array.from({ length: 8 }, () => upsert({ phone: '598091000001', user_id: 'UY.1' })),
    )
    expect(new Set(results.map((result) => result.id)).size).toBe(1)
    expect(results.filter((result) => result.created)).toHaveLength(1)
  })

  it('is found by another way to write its phone', async () => {
    const list = await upsert({ phone: '5511987654321', user_id: null })
    const inbound = await upsert({ phone: '551187654321', user_id: null, profile_name: 'Bia' })
    expect(inbound).toMatchObject({ id: list.id, created: false })
    expect(await read(list.id)).toMatchObject({ phone: '5511987654321', profile_name: 'Bia' })
  })

  it('keeps the name we gave it and learns a new profile name', async () => {
    const made = await createContact(ctx, seeded.owner, { phone: '598091000002', name: 'Ana (VIP)' })
    await upsert({ phone: '598091000002', user_id: null, name: 'Other', profile_name: 'ana ✨' })
    expect(await read(made.id)).toMatchObject({ name: 'Ana (VIP)', profile_name: 'ana ✨' })
  })

  it('is two people when both have a user id of their own, and the phone goes with the newer word', async () => {
    const before = await upsert({ phone: '598091000003', user_id: 'UY.OLD' })
    const holder = await upsert({ phone: null, user_id: 'UY.NEW' })
    expect(await upsert({ phone: '598091000003', user_id: 'UY.NEW' })).toMatchObject({
      id: holder.id,
      created: false,
    })
    expect(await read(before.id)).toMatchObject({ phone: null, user_id: 'UY.OLD' })
    expect(await read(holder.id)).toMatchObject({ phone: '598091000003' })
  })
})

describe('two records that prove to be one', () => {
  it('become the older one, which takes over threads, messages and what was known', async () => {
    const byPhone = await createContact(ctx, seeded.owner, {
      phone: '598091000004',
      attributes: { city: 'Salto' },
    })
    const byUser = await upsert({ phone: null, user_id: 'UY.4', username: 'four' })
    await insertThread(byPhone.id, 'wamid.a', '2026-05-01T10:00:00Z', 1)
    await insertThread(byUser.id, 'wamid.b', '2026-05-02T10:00:00Z', 2)

    const merged = await upsert({ phone: '598091000004', user_id: 'UY.4' })

    expect(merged).toMatchObject({ id: byPhone.id, created: false })
    expect(await read(byPhone.id)).toMatchObject({
      phone: '598091000004',
      user_id: 'UY.4',
      username: 'four',
      attributes: { city: 'Salto' },
    })
    await expect(read(byUser.id)).rejects.toMatchObject({ code: 'not_found' })
    const threads = await sql<{ unread_count: number; last_message_at: Date; messages: number }>`
      select unread_count, last_message_at,
        (select count(*)::int from messages m where m.contact_id = c.contact_id) as messages
      from conversations c where contact_id = ${byPhone.id}`.execute(ctx.db.worker)
    expect(threads.rows).toEqual([
      { unread_count: 3, last_message_at: new Date('2026-05-02T10:00:00Z'), messages: 2 },
    ])
  })
})

describe('contacts made by hand', () => {
  it('may be somebody of whom only the user id is known, once', async () => {
    const made = await createContact(ctx, seeded.owner, { user_id: 'UY.77', name: 'Nora' })
    expect(made).toMatchObject({ phone: null, user_id: 'UY.77', name: 'Nora' })
    const again = createContact(ctx, seeded.owner, { user_id: 'UY.77' })
    await expect(again).rejects.toMatchObject({ code: 'conflict', details: { contact_id: made.id } })
    expect(await upsert({ phone: null, user_id: 'UY.77' })).toMatchObject({ id: made.id, created: false })
    expect((await listContacts(ctx, seeded.owner, { limit: 10, search: 'UY.77' })).data).toMatchObject([
      { id: made.id },
    ])
  })
})

describe('contacts of a list', () => {
  it('are found or made in bulk, one for each line', async () => {
    const known = await upsert({ phone: '5215512345678', user_id: null })
    const map = await byPhone(['525512345678', '598091000005', '5511987650000', '551187650000'])
    expect(map.get('525512345678')).toBe(known.id)
    expect(map.get('5511987650000')).toBe(map.get('551187650000'))
    expect(map.size).toBe(4)
    expect(await byPhone([...map.keys()])).toEqual(map)
  })

  it('are the same when two imports run at once', async () => {
    const phones = Array.from({ length: 500 }, (_, n) => `5980920${String(n).padStart(5, '0')}`)
    const [a, b] = await Promise.all([byPhone(phones), byPhone([...phones].reverse())])
    expect([...a].sort()).toEqual([...b].sort())
  })
})

function upsert(identity: Partial<Identity>) {
  const whole = { phone: null, user_id: null, source: 'inbound', ...identity }
  return ctx.db.inWorkspace(seeded.workspaceId, (tx) => upsertContact(tx, seeded.workspaceId, whole))
}

function byPhone(phones: string[]) {
  return ctx.db.inWorkspace(seeded.workspaceId, (tx) =>
    upsertContactsByPhone(tx, seeded.workspaceId, phones, 'list'),
  )
}

function read(id: string): Promise<Contact> {
  return getContact(ctx, seeded.owner, id)
}

async function insertNumber(): Promise<string> {
  const connector = ctx.random.id('con')
  const number = ctx.random.id('num')
  await sql`
    insert into connectors (workspace_id, id, provider, name, key, credentials_sealed)
    values (${seeded.workspaceId}, ${connector}, 'meta', 'Shop', ${connector}, '')`.execute(ctx.db.worker)
  await sql`
    insert into numbers (workspace_id, id, connector_id, phone_number_id, display_phone_number, phone)
    values (${seeded.workspaceId}, ${number}, ${connector}, '106540352242922', '+598 2', '59820000000')`.execute(
    ctx.db.worker,
  )
  return number
}

async function insertThread(
  contactId: string,
  externalId: string,
  at: string,
  unread: number,
): Promise<void> {
  const conversation = ctx.random.id('cnv')
  await sql`
    insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content, external_id, state)
    values (${seeded.workspaceId}, ${ctx.random.id('msg')}, ${numberId}, ${contactId}, 'in', 'customer', 'text', '{}',
      ${externalId}, 'received')`.execute(ctx.db.worker)
  await sql`
    insert into conversations (workspace_id, id, number_id, contact_id, last_message_at, unread_count)
    values (${seeded.workspaceId}, ${conversation}, ${numberId}, ${contactId}, ${at}, ${unread})`.execute(
    ctx.db.worker,
  )
}

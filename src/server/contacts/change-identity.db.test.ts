import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import type { ContactChangeFact } from '../providers/index.ts'
import { applyAddressBook } from './apply-address-book.ts'
import { changeIdentity } from './change-identity.ts'
import type { Identity } from './identity.ts'
import { updateContact } from './update-contact.ts'
import { upsertContact } from './upsert-contact.ts'

const ctx = await testCtx()
const at = (minute: number) => new Date(Date.UTC(2026, 1, 3, 10, minute))
const [before, after, last] = ['59899000001', '59899000002', '59899000003']

async function shop() {
  const { workspaceId, owner } = await seedWorkspace(ctx)
  const seen = (identity: Partial<Identity>, minute: number) =>
    ctx.db.inWorkspace(workspaceId, (tx) =>
      upsertContact(tx, workspaceId, {
        ...{ phone: null, user_id: null, source: 'inbound', at: at(minute) },
        ...identity,
      }),
    )
  const changed = (more: Partial<ContactChangeFact>, minute: number) =>
    changeIdentity(
      ctx,
      workspaceId,
      {
        ...{ kind: 'contact_change', waba_id: null, phone_number_id: null, external_id: null },
        ...{ old_phone: null, new_phone: null, old_user_id: null, new_user_id: null, at: at(minute) },
        ...more,
      } as const,
      null,
    )
  const contacts = async () => {
    const query = sql<Record<string, unknown>>`
      select phone, user_id, name, profile_name from contacts where workspace_id = ${workspaceId} order by phone, user_id`
    return (await query.execute(ctx.db.worker)).rows
  }
  return { workspaceId, owner, seen, changed, contacts }
}

type Shop = Awaited<ReturnType<typeof shop>>

function ordersOf<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, index) => ordersOf(items.toSpliced(index, 1)).map((rest) => [item, ...rest]))
}

/** What is left after the news, in each order in which they may come. */
async function endings(news: readonly ((it: Shop) => Promise<unknown>)[]): Promise<unknown[]> {
  const found = new Set<string>()
  for (const order of ordersOf(news)) {
    const it = await shop()
    for (const tell of order) await tell(it)
    found.add(JSON.stringify(await it.contacts()))
  }
  return [...found].map((one) => JSON.parse(one) as unknown)
}

describe('a new phone or user id, told before anybody is known', () => {
  it('takes effect when older news of the person come', async () => {
    const it = await shop()
    expect(await it.changed({ old_phone: before, new_phone: after }, 5)).toBe('applied')
    expect(await it.changed({ old_phone: before, new_phone: after }, 5)).toBe('repeat')
    await it.seen({ phone: before, profile_name: 'Ana' }, 1)
    expect(await it.contacts()).toMatchObject([{ phone: after, profile_name: 'Ana' }])
  })

  it('does not concern whoever has the former phone afterwards', async () => {
    const it = await shop()
    await it.changed({ old_phone: before, new_phone: after }, 5)
    await it.seen({ phone: before, profile_name: 'Ben' }, 9)
    expect(await it.contacts()).toMatchObject([{ phone: before, profile_name: 'Ben' }, { phone: after }])
  })
})

describe('what is told of one person, in every order', () => {
  it('ends in one record: two moves, a new user id, and messages between them', async () => {
    const left = await endings([
      (it) => it.seen({ phone: before, user_id: 'UY.1', profile_name: 'Ana' }, 1),
      (it) => it.changed({ old_phone: before, new_phone: after }, 2),
      (it) => it.changed({ old_phone: after, new_phone: after, old_user_id: 'UY.1', new_user_id: 'UY.2' }, 3),
      (it) => it.seen({ phone: after, user_id: 'UY.2', profile_name: 'Ana B' }, 4),
      (it) => it.changed({ old_phone: after, new_phone: last }, 5),
    ])
    expect(left).toEqual([[{ phone: last, user_id: 'UY.2', name: null, profile_name: 'Ana B' }]])
  })

  it('keeps the newest profile name, and the newest name of the address book', async () => {
    const book = (name: string, minute: number) => (it: Shop) =>
      applyAddressBook(ctx, it.workspaceId, {
        ...{ kind: 'address_book', waba_id: null, phone_number_id: null, action: 'add' },
        ...{ phone: before, name, at: at(minute) },
      } as const)
    const left = await endings([
      (it) => it.seen({ phone: before, profile_name: 'ana' }, 1),
      (it) => it.seen({ phone: before, profile_name: 'ana ✨' }, 3),
      book('Ana', 2),
      book('Ana Pereira', 4),
    ])
    expect(left).toEqual([[{ phone: before, user_id: null, name: 'Ana Pereira', profile_name: 'ana ✨' }]])
  })

  it('never replaces a name that people gave', async () => {
    const it = await shop()
    const entry = { kind: 'address_book', waba_id: null, phone_number_id: null, action: 'add' } as const
    const { id } = await it.seen({ phone: before }, 1)
    await applyAddressBook(ctx, it.workspaceId, { ...entry, phone: before, name: 'Ana', at: at(2) })
    await updateContact(ctx, it.owner, id, { name: 'Ana (VIP)' })
    await applyAddressBook(ctx, it.workspaceId, { ...entry, phone: before, name: 'Anita', at: at(3) })
    expect(await it.contacts()).toMatchObject([{ name: 'Ana (VIP)' }])
  })

  it('leaves the phone with whoever was seen with it last', async () => {
    for (const order of [
      [1, 2],
      [2, 1],
    ]) {
      const it = await shop()
      for (const n of [1, 2]) await it.seen({ user_id: `UY.${n}` }, 1)
      for (const n of order) await it.seen({ phone: before, user_id: `UY.${n}` }, 1 + n)
      expect(await it.contacts()).toMatchObject([
        { phone: before, user_id: 'UY.2' },
        { phone: null, user_id: 'UY.1' },
      ])
    }
  })
})

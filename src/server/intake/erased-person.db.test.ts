import { mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { contactId, mediaId } from '../../contract/index.ts'
import {
  deleteContact,
  eraseTraces,
  listErasures,
  upsertContact,
  upsertContactsByPhone,
} from '../contacts/index.ts'
import { mediaPath, removeErased } from '../media/index.ts'
import { metaBody, metaChange, openIntake, openShop, type Shop, text } from './testing/open-shop.ts'
import { runIntake } from './testing/run-intake.ts'

const intake = await openIntake()
const { ctx } = intake
const { send, work, rowsOf, logsOf } = runIntake(intake)

const phone = '59899000077'
const userId = 'UY.77001122'
/** As WhatsApp makes them: the phone stands in it. */
const wordOfIds = Buffer.from([0x1c, 0x18, phone.length, ...Buffer.from(phone)])
  .toString('base64')
  .slice(0, 18)
const wamid = (n: number) =>
  `wamid.${Buffer.from([0x1c, 0x18, phone.length, ...Buffer.from(phone), 0x15, n]).toString('base64')}`
const traces = [phone, userId, 'Canary Ruiz', 'sing a song', wordOfIds]
const other = '59899000078'

/** Everything that can hold a person: what they wrote and told, lists, groups, endpoints and their answers. */
async function fill(shop: Shop): Promise<void> {
  const { workspaceId, numberId, owner } = shop
  const named = { contacts: [{ profile: { name: 'Canary Ruiz' }, wa_id: phone, user_id: userId }] }
  const theirs = (n: number) => text(wamid(n), 'sing a song', phone, 1_749_416_300 + n)
  const image = { id: 'media-77', mime_type: 'image/jpeg', sha256: 'x', caption: 'sing a song' }
  const insert = sql`insert into webhook_endpoints (workspace_id, id, name, destination_url, events, secret_sealed)
    values (${workspaceId}, ${ctx.random.id('whe')}, 'Shop', 'https://shop.example', '{message.received,message.read}', 'x')`
  await insert.execute(ctx.db.worker)
  const place = sql`select portfolio_of(${workspaceId}, ${numberId}), ${phone}, now()`
  await sql`insert into portfolio_recipients (portfolio, person, reserved_at) ${place}`.execute(ctx.db.worker)
  await sql`insert into portfolio_given_back (portfolio, person, reserved_at, message_id) ${place}, 'msg_77'`.execute(
    ctx.db.worker,
  )
  await sql`insert into portfolio_notes (portfolio, person, reserved_at, message_id, went) ${place}, 'msg_78', false`.execute(
    ctx.db.worker,
  )
  await send(
    shop,
    metaBody(shop, { ...named, messages: [theirs(1), { ...theirs(2), type: 'image', image }] }),
    metaBody(shop, { ...named, messages: [theirs(3), text('wamid.other', 'still here', other)] }),
    metaBody(shop, { ...named, messages: [{ ...theirs(4), group_id: 'GROUP77' }] }),
    metaBody(shop, {
      messages: [{ ...theirs(5), type: 'reaction', reaction: { message_id: wamid(1), emoji: '👍' } }],
    }),
    metaBody(shop, {
      statuses: [{ id: wamid(6), status: 'read', timestamp: '1749416400', recipient_id: phone }],
    }),
    JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: shop.wabaId,
          changes: [
            {
              ...metaChange(shop, {
                groups: [
                  {
                    ...{ timestamp: '1749416500', group_id: 'GROUP77', type: 'group_participants_add' },
                    added_participants: [{ wa_id: phone }],
                  },
                ],
              }),
              field: 'group_participants_update',
            },
            {
              ...metaChange(shop, {
                automatic_events: [{ id: wamid(9), event_name: 'Purchase', timestamp: 1 }],
              }),
              field: 'automatic_events',
            },
          ],
        },
      ],
    }),
    metaBody(shop, { ...named, messages: [{ ...theirs(7), text: { body: 'STOP' } }] }),
  )
  await work()
  await sql`
    insert into webhook_attempts (workspace_id, delivery_id, n, response_body)
    select d.workspace_id, d.id, 1, ${`thanks ${phone}`} from webhook_deliveries d
    join events e on e.workspace_id = d.workspace_id and e.id = d.event_id
    where d.workspace_id = ${workspaceId} and e.data ->> 'from' = ${`+${phone}`}`.execute(ctx.db.worker)
  await sql`
    insert into idempotency_keys (workspace_id, caller_id, key, body_hash, response)
    values (${workspaceId}, ${owner.id}, 'k', 'x', ${JSON.stringify({ to: phone })}::jsonb)`.execute(
    ctx.db.worker,
  )
  await fillList(shop, numberId)
}

async function fillList({ workspaceId }: Shop, numberId: string): Promise<void> {
  const [campaign, hub, list] = ['cmp', 'hub', 'lst'].map((prefix) => ctx.random.id(prefix as 'cmp'))
  await ctx.db.asWorker(async (tx) => {
    await sql`insert into campaigns (workspace_id, id, name, number_id, time_zone, schedule)
      values (${workspaceId}, ${campaign}, 'C', ${numberId}, 'UTC', '{}')`.execute(tx)
    await sql`insert into hubs (workspace_id, id, name, campaign_id, channel, enabled)
      values (${workspaceId}, ${hub}, 'H', ${campaign}, 'whatsapp', true)`.execute(tx)
    await sql`insert into lists (workspace_id, id, hub_id, number_id, name, state)
      values (${workspaceId}, ${list}, ${hub}, ${numberId}, 'L', 'ready')`.execute(tx)
    await sql`insert into recipients (workspace_id, list_id, id, row_number, phone, user_id, cells, problem) values
      (${workspaceId}, ${list}, ${ctx.random.id('rcp')}, 1, ${phone}, null, ${JSON.stringify([phone, 'Canary Ruiz'])}::jsonb, null),
      (${workspaceId}, ${list}, ${ctx.random.id('rcp')}, 2, ${phone}, null, ${JSON.stringify([phone, 'Canary Ruiz'])}::jsonb, 'duplicate'),
      (${workspaceId}, ${list}, ${ctx.random.id('rcp')}, 3, null, ${userId}, ${JSON.stringify([userId])}::jsonb, 'duplicate'),
      (${workspaceId}, ${list}, ${ctx.random.id('rcp')}, 4, ${other}, null, ${JSON.stringify([other])}::jsonb, null)`.execute(
      tx,
    )
  })
}

/** A message of ours to a group that reached them, and one that is not known here. */
async function reachInGroup(shop: Shop): Promise<void> {
  const { workspaceId, numberId } = shop
  await sql`
    insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content, state, external_id)
    select ${workspaceId}, ${ctx.random.id('msg')}, ${numberId}, id, 'out', 'api', 'text', '{}', 'accepted', 'wamid.group'
    from contacts where workspace_id = ${workspaceId} and is_group`.execute(ctx.db.worker)
  const reached = (id: string) => ({
    ...{ id, status: 'read', timestamp: '1749416600', recipient_id: 'GROUP77', recipient_type: 'group' },
    recipient_participant_id: phone,
  })
  await send(shop, metaBody(shop, { statuses: [reached('wamid.group'), reached('wamid.nobodys')] }))
  await work()
}

/** Every table and column of the database, as text; what is stored as bytes, as text too. */
async function whereItStands(words: readonly string[]): Promise<string[]> {
  const columns = await rowsOf(sql<{ table: string; column: string; type: string }>`
    select c.table_name as table, c.column_name as column, c.data_type as type
    from information_schema.columns c
    join information_schema.tables t on t.table_name = c.table_name and t.table_schema = c.table_schema
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'`)
  const found: string[] = []
  for (const { table, column, type } of columns) {
    const value = type === 'bytea' ? sql`encode(${sql.ref(column)}, 'escape')` : sql`${sql.ref(column)}::text`
    for (const word of words) {
      const rows = await rowsOf(
        sql`select from ${sql.table(table)} where position(${word}::text in ${value}) > 0 limit 1`,
      )
      if (rows.length > 0) found.push(`${table}.${column} ${word}`)
    }
  }
  return found
}

it('a person who is deleted is nowhere in the database a day later, and has opted out still', async () => {
  const shop = await openShop(ctx)
  const { workspaceId, owner } = shop
  await fill(shop)
  await reachInGroup(shop)
  const before = await whereItStands([phone])
  for (const place of [
    'contacts.phone',
    'recipients.cells',
    'inbound_logs.body',
    'events.data',
    'webhook_attempts.response_body',
    'message_statuses.recipient',
    'orphan_statuses.recipient',
  ])
    expect(before).toContain(`${place} ${phone}`)
  const [file] = await rowsOf(sql<{ id: string }>`select id from media where workspace_id = ${workspaceId}`)
  const path = mediaPath(ctx.config, workspaceId, mediaId.parse(file?.id))
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, 'a picture')

  const [person] = await rowsOf(sql<{ id: string }>`select id from contacts where phone = ${phone}`)
  const id = contactId.parse(person?.id)
  await deleteContact(ctx, owner, id)
  const [erasure] = (await listErasures(ctx, owner, { limit: 10, contact_id: id })).data
  expect(erasure).toMatchObject({ state: 'running', requested_by: owner.name })
  const erasureId = erasure?.id ?? ''
  await eraseTraces(ctx, workspaceId, { id: erasureId })
  expect((await listErasures(ctx, owner, { limit: 10 })).data).toMatchObject([
    {
      state: 'finished',
      removed: { messages: 7, recipients: 3, events: expect.any(Number), webhooks: 8 },
    },
  ])
  await removeErased(ctx)
  await expect(stat(path)).rejects.toThrow('ENOENT')

  // A late status of a message that was sent before; what the first round left is found in the second.
  await send(
    shop,
    metaBody(shop, {
      statuses: [{ id: wamid(8), status: 'read', timestamp: '1749416401', recipient_id: phone }],
    }),
  )
  await work()
  expect(await whereItStands(traces)).toContain(`inbound_logs.body ${phone}`)
  await eraseTraces(ctx, workspaceId, { id: erasureId })
  expect(await whereItStands(traces)).toEqual([])

  const logs = await logsOf(shop)
  expect(logs.flatMap(({ facts }) => facts).filter(({ phone: about }) => about === other)).toHaveLength(1)
  expect(await whereItStands([other])).toContain(`contacts.phone ${other}`)
  expect(
    await rowsOf(sql`select problem from recipients where workspace_id = ${workspaceId} order by row_number`),
  ).toEqual([{ problem: 'erased' }, { problem: 'duplicate' }, { problem: 'duplicate' }, { problem: null }])

  const again = await ctx.db.inWorkspace(workspaceId, (tx) =>
    upsertContactsByPhone(tx, workspaceId, [phone, '59899000079'], 'list'),
  )
  const consent = sql<{ phone: string; out: boolean }>`
    select phone, opted_out_all_at is not null as out from contacts
    where id = any (${[...again.values()]}) order by phone`
  expect(await rowsOf(consent)).toEqual([
    { phone, out: true },
    { phone: '59899000079', out: false },
  ])
})

it('an opt-out that was kept holds for whoever is found to have the phone later, and ends with a later opt-in', async () => {
  const shop = await openShop(ctx)
  const { workspaceId, owner } = shop
  const stop = (id: string, body: string, at: number) =>
    metaBody(shop, { messages: [text(id, body, '59899000090', at)] })
  await send(shop, stop('wamid.stop', 'stop', 1_749_416_300))
  await work()
  const identity = { phone: '59899000090', user_id: null, source: 'inbound' }
  const upsert = (one: typeof identity | { phone: string | null; user_id: string; source: string }) =>
    ctx.db.inWorkspace(workspaceId, (tx) => upsertContact(tx, workspaceId, one))
  const { id } = await upsert(identity)
  await deleteContact(ctx, owner, id)

  const { id: nameless } = await upsert({ phone: null, user_id: 'UY.90', source: 'api' })
  const isOut = async () =>
    (
      await rowsOf(
        sql<{
          out: boolean
        }>`select opted_out_all_at is not null as out from contacts where id = ${nameless}`,
      )
    )[0]?.out
  expect(await isOut()).toBe(false)
  await upsert({ phone: '59899000090', user_id: 'UY.90', source: 'api' })
  expect(await isOut()).toBe(true)
  await send(shop, stop('wamid.start', 'start', 1_749_416_900))
  await work()
  expect(await isOut()).toBe(false)
})

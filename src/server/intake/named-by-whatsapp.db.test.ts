import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { contactId } from '../../contract/index.ts'
import { readThread } from '../messages/index.ts'
import { type GupshupShop, openGupshupShop, openIntake } from './testing/open-shop.ts'
import { runIntake } from './testing/run-intake.ts'

const intake = await openIntake()
const { ctx, app } = intake
const { work, rowsOf } = runIntake(intake)

const phone = '59899000410'
const gsId = 'gs-keys-1'
const whatsappId = 'wamid.keys-1'

function passthrough(field: string, value: object): object {
  const change = { field, value: { messaging_product: 'whatsapp', ...value } }
  return { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [change] }] }
}

/** It left as `gsId`; that WhatsApp calls it otherwise is told by this status only. */
const named = passthrough('messages', {
  statuses: [
    { gs_id: gsId, id: whatsappId, recipient_id: phone, status: 'delivered', timestamp: '1762164000' },
  ],
})

function echo(id: string, minute: number, message: object): object {
  const timestamp = String(1_762_164_000 + minute * 60)
  const item = { from: '59891234567', to: phone, id, timestamp, ...message }
  return passthrough('smb_message_echoes', { message_echoes: [item] })
}

const edited = echo('wamid.edit', 1, {
  type: 'edit',
  edit: {
    original_message_id: whatsappId,
    message: { type: 'text', text: { body: 'Three keys are ready' } },
  },
})
const revoked = echo('wamid.revoke', 2, { type: 'revoke', revoke: { original_message_id: whatsappId } })
const reacted = passthrough('messages', {
  messages: [
    {
      from: phone,
      id: 'wamid.heart',
      timestamp: '1762164060',
      type: 'reaction',
      reaction: { message_id: whatsappId, emoji: '❤️' },
    },
  ],
})
const quoted = passthrough('messages', {
  messages: [
    {
      from: phone,
      id: 'wamid.thanks',
      timestamp: '1762164240',
      type: 'text',
      text: { body: 'Thanks' },
      context: { id: whatsappId },
    },
  ],
})

async function open(): Promise<GupshupShop & { contact: string }> {
  const shop = await openGupshupShop(ctx)
  const contact = contactId.parse(ctx.random.id('ctc'))
  await sql`insert into contacts (workspace_id, id, phone) values (${shop.workspaceId}, ${contact}, ${phone})`.execute(
    ctx.db.worker,
  )
  await sql`
    insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content, state, external_id,
      to_phone, at)
    values (${shop.workspaceId}, parley_id('msg'), ${shop.numberId}, ${contact}, 'out', 'api', 'text',
      '{"text": {"body": "Two keys are ready"}}', 'accepted', ${gsId}, ${phone}, to_timestamp(1762163900))`.execute(
    ctx.db.worker,
  )
  return { ...shop, contact }
}

async function threadAfter(bodies: readonly object[]) {
  const shop = await open()
  for (const payload of bodies) {
    const answer = await app.inject({ method: 'POST', url: shop.path, payload })
    expect([answer.statusCode, answer.body]).toEqual([200, ''])
    await work()
  }
  const failed = await rowsOf(
    sql`select error from inbound_logs where workspace_id = ${shop.workspaceId} and verdict <> 'processed'`,
  )
  expect(failed).toEqual([])
  const thread = { number_id: shop.numberId, contact_id: shop.contact }
  const { data } = await ctx.db.inWorkspace(shop.workspaceId, (tx) =>
    readThread(tx, shop.workspaceId, thread, { limit: 50 }),
  )
  return data.map(({ preview, reactions, quoted: of }) => ({
    preview,
    ...(reactions.length > 0 ? { reactions: reactions.map(({ emoji }) => emoji) } : {}),
    ...(of === null ? {} : { quotes: of.preview }),
  }))
}

function ordersOf(bodies: readonly object[]): object[][] {
  return [
    [named, ...bodies],
    [...bodies, named],
    [...bodies.toReversed(), named, ...bodies],
  ]
}

describe('a message of Gupshup that news call by the id WhatsApp gave it', () => {
  it('says what its edit says, whichever came first', async () => {
    for (const bodies of ordersOf([edited]))
      expect(await threadAfter(bodies)).toEqual([{ preview: 'Three keys are ready' }])
  })

  it('shows the reaction to it, whichever came first', async () => {
    for (const bodies of ordersOf([reacted]))
      expect(await threadAfter(bodies)).toEqual([{ preview: 'Two keys are ready', reactions: ['❤️'] }])
  })

  it('says nothing any more when it was deleted, neither does the bubble that quotes it', async () => {
    for (const bodies of ordersOf([edited, revoked, quoted]))
      expect(await threadAfter(bodies)).toEqual([
        { preview: 'Thanks', quotes: 'Deleted a message' },
        { preview: 'Deleted a message' },
      ])
  })
})

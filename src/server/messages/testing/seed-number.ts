import { sql } from 'kysely'
import {
  type ContactId,
  contactId,
  type ListId,
  listId,
  type MessageContent,
  type MessageId,
  messageId,
  type NumberId,
  numberId,
  recipientId,
  type TemplateId,
  templateId,
  type WorkspaceId,
} from '../../../contract/index.ts'
import type { Ctx, Lane } from '../../platform/index.ts'
import { seedWorkspace } from '../../platform/testing/index.ts'
import { queueListMessages, queueMessage } from '../index.ts'

export interface MessageSeed {
  contact_id?: ContactId
  priority?: 0 | 1
  content?: MessageContent
  type?: string
  template_id?: TemplateId | null
}

export interface ListSeed {
  recipients: number
  category?: 'MARKETING' | 'UTILITY' | 'AUTHENTICATION'
  open?: boolean
  content?: MessageContent
}

let phones = 598_090_000_000

/** A workspace with a connected number and an approved template, and what tests of messages need around them. */
export async function seedNumber(ctx: Ctx, existing?: { workspaceId: WorkspaceId; numberId: NumberId }) {
  const workspaceId = existing?.workspaceId ?? (await seedWorkspace(ctx)).workspaceId
  const id = existing?.numberId ?? (await insertNumber(ctx, workspaceId))
  const connector = await connectorOf(ctx, id)
  const template = await insertTemplate(ctx, workspaceId, connector, {
    name: 'order_update',
    category: 'UTILITY',
  })

  return {
    workspaceId,
    numberId: id,
    connectorId: connector,
    templateId: template,
    addContact: () => insertContact(ctx, workspaceId),
    addTemplate: (options: { name: string; category: string }) =>
      insertTemplate(ctx, workspaceId, connector, options),
    addMessage: (seed: MessageSeed = {}) => addMessage(ctx, { workspaceId, numberId: id, template }, seed),
    addList: (seed: ListSeed) => addList(ctx, { workspaceId, numberId: id, connector }, seed),
    openWindow: (contact: ContactId) => openWindow(ctx, { workspaceId, numberId: id, contact }),
    takeLane: (owner = 'owner-1') => takeLane(ctx, id, owner),
    /** Any statement as the worker role, for looking and for changing what the code under test does not. */
    run: async <Row>(statement: ReturnType<typeof sql<Row>>) => (await statement.execute(ctx.db.worker)).rows,
  }
}

async function insertNumber(ctx: Ctx, workspaceId: WorkspaceId): Promise<NumberId> {
  const id = numberId.parse(ctx.random.id('num'))
  const connector = ctx.random.id('con')
  const phone = String(++phones)
  await ctx.db.asWorker(async (tx) => {
    await sql`insert into connectors (workspace_id, id, provider, name, status, key, credentials_sealed)
      values (${workspaceId}, ${connector}, 'meta', 'Shop', 'ACTIVE', ${ctx.random.token()}, '\\x00')`.execute(
      tx,
    )
    await sql`insert into numbers (workspace_id, id, connector_id, phone_number_id, display_phone_number, phone, verified_name)
      values (${workspaceId}, ${id}, ${connector}, ${phone}, ${`+${phone}`}, ${phone}, 'Shop')`.execute(tx)
  })
  return id
}

async function connectorOf(ctx: Ctx, id: NumberId): Promise<string> {
  const { rows } = await sql<{
    connector_id: string
  }>`select connector_id from numbers where id = ${id}`.execute(ctx.db.worker)
  const found = rows[0]?.connector_id
  if (found === undefined) throw new Error('The number has no connector.')
  return found
}

async function insertTemplate(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  connector: string,
  { name, category }: { name: string; category: string },
): Promise<TemplateId> {
  const id = templateId.parse(ctx.random.id('tpl'))
  const components = JSON.stringify([{ type: 'BODY', text: 'Your order is on its way.' }])
  await sql`insert into templates (workspace_id, id, connector_id, name, language, category, status, components)
    values (${workspaceId}, ${id}, ${connector}, ${name}, 'en_US', ${category}, 'APPROVED', ${components}::jsonb)`.execute(
    ctx.db.worker,
  )
  return id
}

async function insertContact(ctx: Ctx, workspaceId: WorkspaceId): Promise<ContactId> {
  const id = contactId.parse(ctx.random.id('ctc'))
  await sql`insert into contacts (workspace_id, id, phone) values (${workspaceId}, ${id}, ${String(++phones)})`.execute(
    ctx.db.worker,
  )
  return id
}

async function addMessage(
  ctx: Ctx,
  at: { workspaceId: WorkspaceId; numberId: NumberId; template: TemplateId },
  seed: MessageSeed,
): Promise<MessageId> {
  const { type = 'template', priority = 1, template_id = at.template } = seed
  const template = { name: 'order_update', language: { code: 'en_US' } }
  const { id } = await queueMessage(ctx.db.worker, at.workspaceId, {
    number_id: at.numberId,
    contact_id: seed.contact_id ?? (await insertContact(ctx, at.workspaceId)),
    to_phone: String(++phones),
    to_user_id: null,
    origin: priority === 0 ? 'agent' : 'api',
    type,
    content: seed.content ?? (type === 'template' ? { template } : { text: { body: 'Hello' } }),
    priority,
    ...(type === 'template' && template_id !== null ? { template_id, category: 'UTILITY' } : {}),
  })
  return messageId.parse(id)
}

async function addList(
  ctx: Ctx,
  at: { workspaceId: WorkspaceId; numberId: NumberId; connector: string },
  { recipients, category = 'UTILITY', open = true, content }: ListSeed,
): Promise<{ listId: ListId; templateId: TemplateId }> {
  const list = listId.parse(ctx.random.id('lst'))
  const name = `t_${list.slice(-12)}`
  const template = await insertTemplate(ctx, at.workspaceId, at.connector, { name, category })
  const [campaign, hub] = [ctx.random.id('cmp'), ctx.random.id('hub')]
  await ctx.db.asWorker(async (tx) => {
    await sql`insert into campaigns (workspace_id, id, name, number_id, time_zone, schedule)
      values (${at.workspaceId}, ${campaign}, ${campaign}, ${at.numberId}, 'UTC', '{}')`.execute(tx)
    await sql`insert into hubs (workspace_id, id, name, campaign_id, channel, template_id)
      values (${at.workspaceId}, ${hub}, ${hub}, ${campaign}, 'whatsapp', ${template})`.execute(tx)
    await sql`insert into lists (workspace_id, id, hub_id, number_id, name, state, template_id)
      values (${at.workspaceId}, ${list}, ${hub}, ${at.numberId}, 'List', 'running', ${template})`.execute(tx)
    await sql`insert into list_gates (workspace_id, list_id, number_id, sends_until)
      values (${at.workspaceId}, ${list}, ${at.numberId}, ${open ? sql`now() + interval '1 hour'` : null})`.execute(
      tx,
    )
    const contacts = await sql<{ id: ContactId; phone: string }>`
      insert into contacts (workspace_id, id, phone)
      select ${at.workspaceId}, parley_id('ctc'), (${phones + 1}::bigint + n)::text
      from generate_series(0, ${recipients - 1}::int) n
      returning id, phone`.execute(tx)
    phones += recipients
    const rows = contacts.rows.map(({ id, phone }) => ({
      list_id: list,
      recipient_id: recipientId.parse(ctx.random.id('rcp')),
      round: 0,
      number_id: at.numberId,
      contact_id: id,
      to_phone: phone,
      template_id: template,
      category,
      content: content ?? { template: { name, language: { code: 'en_US' } } },
    }))
    for (let from = 0; from < rows.length; from += 1_000) {
      await queueListMessages(tx, at.workspaceId, rows.slice(from, from + 1_000))
    }
  })
  return { listId: list, templateId: template }
}

async function openWindow(
  ctx: Ctx,
  {
    workspaceId,
    numberId: number,
    contact,
  }: { workspaceId: WorkspaceId; numberId: NumberId; contact: ContactId },
): Promise<void> {
  await sql`insert into conversations (workspace_id, id, number_id, contact_id, window_expires_at)
    values (${workspaceId}, parley_id('cnv'), ${number}, ${contact}, now() + interval '1 hour')`.execute(
    ctx.db.worker,
  )
}

/** The lease of a number's lane, without the loop that renews it. */
async function takeLane(ctx: Ctx, key: NumberId, owner: string): Promise<Lane> {
  const { rows } = await sql<{ epoch: number }>`
    insert into leases (kind, key, owner, epoch, lease_until)
    values ('sending', ${key}, ${owner}, 1, clock_timestamp() + interval '60 seconds')
    on conflict (kind, key) do update set owner = ${owner}, epoch = leases.epoch + 1, lease_until = excluded.lease_until
    returning epoch`.execute(ctx.db.worker)
  const epoch = rows[0]?.epoch ?? 0
  return { kind: 'sending', key, owner, epoch, isValid: () => true, signal: new AbortController().signal }
}

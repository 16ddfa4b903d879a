import {
  contactId,
  listId,
  messageId,
  type NumberId,
  numberId,
  templateId,
  type WorkspaceId,
} from '../../src/contract/index.ts'
import type { StoreModel } from '../model/store-model.ts'
import type { HeldDatabase } from './held-database.ts'

type Tables = StoreModel['tables']

/** Gives the model what is in the database and not in the model yet. */
export async function mirror(
  database: HeldDatabase,
  { tables }: StoreModel,
  at: { workspaceId: WorkspaceId; numberId: NumberId },
): Promise<void> {
  if (!tables.numbers.has(at.numberId))
    tables.numbers.set(at.numberId, {
      id: at.numberId,
      workspace_id: at.workspaceId,
      phone_number_id: '1',
      limit_per_second: 80,
      last_webhook_at: Number.NEGATIVE_INFINITY,
    })
  await mirrorTemplates(database, tables)
  await mirrorPeople(database, tables)
  await mirrorGates(database, tables)
  await mirrorMessages(database, tables, at.workspaceId)
}

async function mirrorTemplates(database: HeldDatabase, { templates }: Tables): Promise<void> {
  for (const [key, category, status] of await database.rows('select id, category, status from templates')) {
    const id = templateId.parse(key)
    if (!templates.has(id)) templates.set(id, { id, category: String(category), status: String(status) })
  }
}

async function mirrorPeople(database: HeldDatabase, { people }: Tables): Promise<void> {
  for (const [key] of await database.rows('select id from contacts')) {
    const id = contactId.parse(key)
    if (!people.has(id))
      people.set(id, { id, opted_out_all: false, opted_out_marketing: false, windows: new Map() })
  }
  const windows = await database.rows(
    `select contact_id, number_id, extract(epoch from window_expires_at)::float8 * 1000 from conversations`,
  )
  for (const [contact, number, until] of windows)
    people.get(contactId.parse(contact))?.windows.set(numberId.parse(number), Number(until))
}

async function mirrorGates(database: HeldDatabase, { gates }: Tables): Promise<void> {
  const rows = await database.rows(
    `select g.list_id, g.number_id, l.template_id, extract(epoch from g.sends_until)::float8 * 1000
     from list_gates g join lists l on l.id = g.list_id`,
  )
  for (const [list, number, template, until] of rows) {
    const list_id = listId.parse(list)
    if (gates.has(list_id)) continue
    gates.set(list_id, {
      list_id,
      number_id: numberId.parse(number),
      template_id: templateId.parse(template),
      weight: 1,
      sends_until: until === null ? null : Number(until),
    })
  }
}

async function mirrorMessages(
  database: HeldDatabase,
  { messages, queue }: Tables,
  workspace_id: WorkspaceId,
): Promise<void> {
  const rows = await database.rows(
    `select id, number_id, contact_id, list_id, template_id, category, type, to_phone, priority,
       extract(epoch from next_at)::float8 * 1000 from messages where direction = 'out'`,
  )
  for (const [key, number, contact, list, template, category, type, phone, priority, next] of rows) {
    const id = messageId.parse(key)
    if (messages.has(id)) continue
    messages.set(id, {
      workspace_id,
      id,
      number_id: numberId.parse(number),
      contact_id: contactId.parse(contact),
      list_id: list === null ? null : listId.parse(list),
      template_id: template === null ? null : templateId.parse(template),
      category: category === null ? null : String(category),
      type: String(type),
      body: null,
      to_phone: String(phone),
      priority: Number(priority),
      state: 'queued',
      attempt: 0,
      epoch: null,
      next_at: Number(next),
      unknown_since: null,
      external_id: null,
      resolution: null,
      facts: new Set(),
    })
    queue.set(id, Number(next))
  }
}

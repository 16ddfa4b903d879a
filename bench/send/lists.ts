import { sql } from 'kysely'
import {
  contactId,
  type ListId,
  listId,
  type MessageContent,
  numberId,
  recipientId,
  templateId,
} from '../../src/contract/index.ts'
import { queueListMessages } from '../../src/server/messages/index.ts'
import type { BenchHub, BenchNumber } from './hub.ts'

const chunkSize = 1_000
let nextPhone = 598_091_000_000

/** A list of a number, queued to the last message, with its gate still shut. */
export async function queueList(
  { ctx, workspaceId }: BenchHub,
  number: BenchNumber,
  { size, content }: { size: number; content: MessageContent },
): Promise<ListId> {
  const list = listId.parse(ctx.random.id('lst'))
  const template = templateId.parse(ctx.random.id('tpl'))
  const [campaign, hub] = [ctx.random.id('cmp'), ctx.random.id('hub')]
  await ctx.db.asWorker(async (tx) => {
    await sql`insert into templates (workspace_id, id, connector_id, name, language, category, status, components)
      values (${workspaceId}, ${template}, ${number.connectorId}, ${`bench_${list}`}, 'en_US', 'UTILITY', 'APPROVED', '[]')`.execute(
      tx,
    )
    await sql`insert into campaigns (workspace_id, id, name, number_id, time_zone, schedule)
      values (${workspaceId}, ${campaign}, ${campaign}, ${number.id}, 'UTC', '{}')`.execute(tx)
    await sql`insert into hubs (workspace_id, id, name, campaign_id, channel, template_id)
      values (${workspaceId}, ${hub}, ${hub}, ${campaign}, 'whatsapp', ${template})`.execute(tx)
    // "draft": the worker of the hubs' room leaves it alone, the gate below is all that the lanes look at.
    await sql`insert into lists (workspace_id, id, hub_id, number_id, name, state, template_id)
      values (${workspaceId}, ${list}, ${hub}, ${number.id}, 'Bench', 'draft', ${template})`.execute(tx)
    await sql`insert into list_gates (workspace_id, list_id, number_id) values (${workspaceId}, ${list}, ${number.id})`.execute(
      tx,
    )
  })
  for (let done = 0; done < size; done += chunkSize) {
    const count = Math.min(chunkSize, size - done)
    await ctx.db.asWorker(async (tx) => {
      const { rows } = await sql<{ id: string; phone: string }>`
        insert into contacts (workspace_id, id, phone)
        select ${workspaceId}, parley_id('ctc'), (${nextPhone}::bigint + n)::text from generate_series(1, ${count}::int) n
        returning id, phone`.execute(tx)
      nextPhone += count
      const messages = rows.map(({ id, phone }) => ({
        list_id: list,
        recipient_id: recipientId.parse(ctx.random.id('rcp')),
        round: 0,
        number_id: numberId.parse(number.id),
        contact_id: contactId.parse(id),
        to_phone: phone,
        template_id: template,
        category: 'UTILITY',
        content,
      }))
      await queueListMessages(tx, workspaceId, messages)
    })
  }
  return list
}

/** Opens gates and waits until every message has been accepted. Returns how long that took. */
export async function sendAll({ ctx, workspaceId }: BenchHub, lists: readonly ListId[]): Promise<number> {
  const startedMs = performance.now()
  await sql`update list_gates set sends_until = now() + interval '1 hour'
    where workspace_id = ${workspaceId} and list_id = any (${[...lists]})`.execute(ctx.db.worker)
  for (;;) {
    // Partial indexes answer without counting: the bench must not take the database's time.
    const { rows } = await sql<{ left: boolean }>`
      select exists (select from send_queue where list_id = any (${[...lists]}) and list_id is not null)
        or exists (select from message_attempts where ended_at is null)
        or exists (select from messages where exception = 'unknown') as left`.execute(ctx.db.worker)
    if (rows[0]?.left === false) break
    await ctx.clock.sleep(50)
  }
  const seconds = (performance.now() - startedMs) / 1_000
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from messages where list_id = any (${[...lists]}) and state <> 'accepted'`.execute(
    ctx.db.worker,
  )
  if (rows[0]?.n !== 0) throw new Error(`${rows[0]?.n} messages were not accepted.`)
  return seconds
}

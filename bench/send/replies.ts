import { sql } from 'kysely'
import { contactId, numberId } from '../../src/contract/index.ts'
import { priorities, queueMessage } from '../../src/server/messages/index.ts'
import type { BenchHub, BenchNumber } from './hub.ts'

const everyMs = 50

export interface ReplyDelays {
  replies: number
  p50_ms: number
  p99_ms: number
  max_ms: number
}

/**
 * An agent's reply each 50 ms until `until` resolves, then how long each took from its commit to the provider's answer
 * written down. Committed by another process than the one that sends, so no signal helps: the slowest way there is.
 */
export async function measureReplies(
  hub: BenchHub,
  number: BenchNumber,
  until: Promise<unknown>,
): Promise<ReplyDelays> {
  const { ctx, workspaceId } = hub
  const person = await insertPerson(hub, number)
  let isOver = false
  const over = until.finally(() => {
    isOver = true
  })
  while (!isOver) {
    await queueMessage(ctx.db.intake, workspaceId, {
      number_id: numberId.parse(number.id),
      contact_id: contactId.parse(person.id),
      to_phone: person.phone,
      to_user_id: null,
      origin: 'agent',
      type: 'text',
      content: { text: { body: 'We are on it.' } },
      priority: priorities.reply,
    })
    await ctx.clock.sleep(everyMs)
  }
  await over
  return readDelays(hub, person.id)
}

async function insertPerson(
  { ctx, workspaceId }: BenchHub,
  number: BenchNumber,
): Promise<{ id: string; phone: string }> {
  const person = { id: ctx.random.id('ctc'), phone: '598099000001' }
  await ctx.db.asWorker(async (tx) => {
    await sql`insert into contacts (workspace_id, id, phone) values (${workspaceId}, ${person.id}, ${person.phone})`.execute(
      tx,
    )
    await sql`insert into conversations (workspace_id, id, number_id, contact_id, window_expires_at)
      values (${workspaceId}, parley_id('cnv'), ${number.id}, ${person.id}, now() + interval '1 day')`.execute(
      tx,
    )
  })
  return person
}

async function readDelays({ ctx, workspaceId }: BenchHub, person: string): Promise<ReplyDelays> {
  // The last of them may still be on their way.
  await ctx.clock.sleep(1_000)
  const { rows } = await sql<ReplyDelays>`
    select count(*) as replies,
      round(percentile_cont(0.5) within group (order by ms))::int as p50_ms,
      round(percentile_cont(0.99) within group (order by ms))::int as p99_ms,
      round(max(ms))::int as max_ms
    from (
      select extract(epoch from a.ended_at - m.created_at) * 1000 as ms
      from messages m
      join message_attempts a on a.workspace_id = m.workspace_id and a.message_id = m.id
      where m.workspace_id = ${workspaceId} and m.contact_id = ${person} and a.outcome = 'accepted'
    ) as told`.execute(ctx.db.worker)
  const delays = rows[0]
  if (delays === undefined || delays.replies === 0) throw new Error('No reply was sent.')
  return delays
}

import { sql } from 'kysely'
import { contactId, numberId } from '../../src/contract/index.ts'
import { priorities, queueMessage } from '../../src/server/messages/index.ts'
import type { BenchHub, BenchNumber } from './hub.ts'

const everyMs = 50
/** So many that none of them gets more than WhatsApp lets one person have. */
const peopleMax = 100

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
  const people = await insertPeople(hub, number)
  let isOver = false
  const over = until.finally(() => {
    isOver = true
  })
  for (let n = 0; !isOver; n += 1) {
    const person = people[n % people.length]
    if (person === undefined) throw new Error('There is nobody to reply to.')
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
  return readDelays(
    hub,
    people.map(({ id }) => id),
  )
}

async function insertPeople(
  { ctx, workspaceId }: BenchHub,
  number: BenchNumber,
): Promise<{ id: string; phone: string }[]> {
  const people = Array.from({ length: peopleMax }, (_, index) => ({
    id: ctx.random.id('ctc'),
    phone: String(598_099_000_001 + index),
  }))
  const ids = people.map(({ id }) => id)
  await ctx.db.asWorker(async (tx) => {
    await sql`
      insert into contacts (workspace_id, id, phone)
      select ${workspaceId}, id, phone
      from unnest(${ids}::text[], ${people.map(({ phone }) => phone)}::text[]) as p(id, phone)`.execute(tx)
    await sql`
      insert into conversations (workspace_id, id, number_id, contact_id, window_expires_at)
      select ${workspaceId}, parley_id('cnv'), ${number.id}, id, now() + interval '1 day'
      from unnest(${ids}::text[]) as p(id)`.execute(tx)
  })
  return people
}

async function readDelays({ ctx, workspaceId }: BenchHub, people: readonly string[]): Promise<ReplyDelays> {
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
      where m.workspace_id = ${workspaceId} and m.contact_id = any (${[...people]}) and a.outcome = 'accepted'
    ) as told`.execute(ctx.db.worker)
  const delays = rows[0]
  if (delays === undefined || delays.replies === 0) throw new Error('No reply was sent.')
  return delays
}

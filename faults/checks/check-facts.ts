import type { Stage } from '../stage.ts'
import { complain, type Evidence } from './evidence.ts'

interface FactRow {
  message_id: string
  kinds: string[]
  status: string
}

/** I5: the newest status that the provider told of a message is known, and what is shown follows from the facts. */
export async function checkStatuses({ database }: Stage, { acceptedOf }: Evidence): Promise<string[]> {
  const rows = await database.query<FactRow>(
    `select s.message_id, array_agg(s.kind) as kinds, m.status
     from message_statuses s join messages m on m.workspace_id = s.workspace_id and m.id = s.message_id
     group by s.message_id, m.status`,
  )
  const facts = new Map(rows.map((row) => [row.message_id, row]))
  const missing: string[] = []
  const misshown: string[] = []
  for (const [id, [acceptance]] of acceptedOf) {
    if (acceptance === undefined || acceptance.state === 'accepted') continue
    const known = facts.get(id)
    if (!known?.kinds.includes(acceptance.state)) missing.push(`${id}: ${acceptance.state}`)
    else if (known.status !== shownOf(known.kinds)) misshown.push(`${id}: ${known.kinds} as ${known.status}`)
  }
  return [
    ...complain('I5', 'each status told is known', missing),
    ...complain('I5', 'what is shown follows from the facts', misshown),
  ]
}

function shownOf(kinds: readonly string[]): string {
  for (const kind of ['read', 'delivered', 'failed', 'sent']) {
    if (kinds.includes(kind) || (kind === 'read' && kinds.includes('played'))) return kind
  }
  return 'accepted'
}

/** I6: one event per fact, one delivery per event of the endpoint, and the customer has each of them. */
export async function checkEvents({ database, customer }: Stage): Promise<string[]> {
  const uneven = await database.query<{ message_id: string; kind: string; facts: number; events: number }>(
    `with facts as (
       select message_id, kind, count(*) as n from message_statuses where kind <> 'played' group by 1, 2
     ),
     told as (
       select message_id, substr(type, 9) as kind, count(*) as n from events
       where type in ('message.sent', 'message.delivered', 'message.read', 'message.failed') group by 1, 2
     )
     select coalesce(f.message_id, t.message_id) as message_id, coalesce(f.kind, t.kind) as kind,
       coalesce(f.n, 0) as facts, coalesce(t.n, 0) as events
     from facts f full join told t on t.message_id = f.message_id and t.kind = f.kind
     left join messages m on m.id = f.message_id
     -- Of a failure that came after the message had arrived nobody is told.
     where f.n is distinct from 1
       or t.n is distinct from 1 and not (f.kind = 'failed' and t.n is null and m.status <> 'failed')`,
  )
  const undelivered = await database.query<{ id: string; state: string }>(
    `select e.id, coalesce(d.state, 'without a delivery') as state
     from events e
     join webhook_endpoints w on w.workspace_id = e.workspace_id and e.type = any (w.events)
     left join webhook_deliveries d on d.workspace_id = e.workspace_id and d.endpoint_id = w.id and d.event_id = e.id
     where d.state is distinct from 'delivered'`,
  )
  const delivered = await database.query<{ event_id: string }>(
    `select event_id from webhook_deliveries where state = 'delivered' and cause = 'event'`,
  )
  const untaken = delivered.filter(({ event_id }) => !customer.taken.has(event_id))
  return [
    ...complain(
      'I6',
      'one event per fact',
      uneven.map(({ message_id, kind, facts, events }) => `${message_id} ${kind}: ${facts}/${events}`),
    ),
    ...complain(
      'I6',
      'each event of an endpoint is delivered',
      undelivered.map(({ id, state }) => `${id} is ${state}`),
    ),
    ...complain(
      'I6',
      'what counts as delivered was taken',
      untaken.map(({ event_id }) => event_id),
    ),
    ...complain('I6', 'each delivery is signed', customer.badSignatures > 0 ? ['not verified'] : []),
  ]
}

/** I8: the counts of each list are what counting its messages gives. */
export async function checkCounts({ database }: Stage): Promise<string[]> {
  const differing = await database.query<{ list_id: string; bucket: string; kept: number; counted: number }>(
    `with kept as (
       select list_id, bucket, sum(n)::bigint as n from list_counts group by 1, 2 having sum(n) <> 0
     ),
     counted as (
       select list_id, list_bucket(m) as bucket, count(*) as n from messages m
       where list_id is not null and list_bucket(m) is not null group by 1, 2
     )
     select coalesce(k.list_id, c.list_id) as list_id, coalesce(k.bucket, c.bucket) as bucket,
       coalesce(k.n, 0) as kept, coalesce(c.n, 0) as counted
     from kept k full join counted c on c.list_id = k.list_id and c.bucket = k.bucket
     where k.n is distinct from c.n`,
  )
  return complain(
    'I8',
    'counts are what counting gives',
    differing.map(({ list_id, bucket, kept, counted }) => `${list_id} ${bucket}: ${kept} for ${counted}`),
  )
}

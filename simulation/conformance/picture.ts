import type { Message, Tables } from '../model/rows.ts'
import type { HeldDatabase } from './held-database.ts'

/** What a database and its model have to agree on, in the same form and order. */
export type Picture = Record<string, unknown[][]>

export function pictureOf(tables: Tables, nowMs: number): Picture {
  return {
    messages: sorted([...tables.messages.values()].map(messageLine)),
    attempts: sorted(
      [...tables.attempts.values()]
        .flat()
        .map((a) => [a.message_id, a.n, a.epoch, a.owner, a.intent_at, a.ended_at, a.outcome]),
    ),
    queue: sorted([...tables.queue].map(([id, at]) => [id, at])),
    facts: sorted(
      [...tables.messages.values()].flatMap(({ id, facts }) => [...facts].map((kind) => [id, kind])),
    ),
    names: sorted([...tables.externalIds].map(([key, id]) => [key.split('|')[1], id])),
    orphans: sorted(tables.orphans.map(({ external_id, kind }) => [external_id, kind])),
    resends: sorted(tables.resends.map(({ message_id, decided_by }) => [message_id, decided_by])),
    places: sorted(
      [...tables.portfolio.places].map(([person, place]) => [
        person,
        place.reserved_at,
        place.message_id,
        place.prior_at,
      ]),
    ),
    used: [[tables.portfolio.places.size]],
    notes: sorted(
      tables.portfolio.notes.map(({ message_id, went, person, reserved_at, is_open }) => [
        message_id,
        went,
        person,
        reserved_at,
        is_open,
      ]),
    ),
    givenBack: sorted(
      [...tables.portfolio.givenBack].map(([id, { person, reserved_at }]) => [id, person, reserved_at]),
    ),
    leases: sorted(
      [...tables.leases].map(([key, { owner, epoch, until }]) => [key, owner, epoch, until > nowMs]),
    ),
  }
}

function messageLine(row: Message): unknown[] {
  const { id, state, attempt, epoch, next_at, unknown_since, external_id, resolution } = row
  return [id, state, attempt, epoch, next_at, unknown_since, external_id, resolution]
}

const ms = (column: string) => `round(extract(epoch from ${column}) * 1000)::float8`

/** The model knows people by their contacts. */
const known = 'join contacts c on person_of(c.phone, c.user_id) = r.person'

const statements: Readonly<Record<string, string>> = {
  messages: `select id, state, attempt, epoch::int, ${ms('next_at')}, ${ms('unknown_since')}, external_id, resolution
    from messages where direction = 'out'`,
  attempts: `select message_id, n, epoch::int, owner, ${ms('intent_at')}, ${ms('ended_at')}, outcome from message_attempts`,
  queue: `select message_id, ${ms('next_at')} from send_queue`,
  facts: 'select message_id, kind from message_statuses',
  names: 'select external_id, message_id from outbound_external_ids',
  orphans: 'select external_id, kind from orphan_statuses',
  resends: 'select message_id, decided_by from message_resends',
  places: `select c.id, ${ms('reserved_at')}, message_id, ${ms('prior_at')} from portfolio_recipients r ${known}`,
  used: 'select coalesce(sum(used), 0)::int from portfolio_usage',
  notes: `select message_id, went, c.id, ${ms('reserved_at')}, is_open from portfolio_notes r left ${known}`,
  givenBack: `select message_id, c.id, ${ms('reserved_at')} from portfolio_given_back r ${known}`,
  leases: `select key, owner, epoch::int, lease_until > held_clock.now() from leases where kind = 'sending'`,
}

export async function pictureIn(database: HeldDatabase): Promise<Picture> {
  const picture: Picture = {}
  for (const [name, text] of Object.entries(statements)) picture[name] = sorted(await database.rows(text))
  return picture
}

function sorted(rows: unknown[][]): unknown[][] {
  const keyed = rows.map((row) => ({ row, key: JSON.stringify(row) }))
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ row }) => row)
}

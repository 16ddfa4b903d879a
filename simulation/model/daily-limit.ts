import type { ContactId, NumberId } from '../../src/contract/index.ts'
import type { Message, Tables } from './rows.ts'

export interface Place {
  reserved_at: number
  /** The message that counts; null once it was given back. */
  message_id: string | null
  prior_at: number | null
}

/** For how long at most: the tier may rise and places may be given back at any moment. */
const putOffMs = { list: 5_000, direct: 30_000 }

/** The portfolio that all numbers share: whom they may write to first, and whom they did. */
export interface Portfolio {
  /** People within a day; null: as many as there are. */
  limit: number | null
  /** A day of the simulation is shorter. */
  readonly dayMs: number
  readonly places: Map<ContactId, Place>
  /** Messages that did not go after all, for the next who reserves. */
  readonly releases: Set<string>
  /** What releases gave back on a word that a callback may still disprove, by message. */
  readonly givenBack: Map<string, { person: ContactId; reserved_at: number }>
}

/** `reserve_daily_limit`: those that may go now. The rest is put off for a moment. */
export function reserve(tables: Tables, nowMs: number, asked: readonly Message[]): Set<string> {
  const { portfolio } = tables
  if (asked.length === 0 || portfolio.limit === null) return new Set(asked.map(({ id }) => id))
  settle(portfolio, nowMs)
  const room = portfolio.limit - portfolio.places.size
  const newcomers = new Set(newPeople(tables, nowMs, asked).slice(0, Math.max(0, room)))
  const granted = asked.filter((row) => {
    const { contact_id } = row
    return isFree(tables, nowMs, row) || portfolio.places.has(contact_id) || newcomers.has(contact_id)
  })
  const counted = new Map<ContactId, Message>()
  for (const row of granted.toSorted(byId))
    if (!isFree(tables, nowMs, row) && !counted.has(row.contact_id)) counted.set(row.contact_id, row)
  for (const row of counted.values()) take(portfolio, nowMs, row)
  const ids = new Set<string>(granted.map(({ id }) => id))
  for (const row of asked) if (!ids.has(row.id)) putOff(tables, nowMs, row)
  return ids
}

/** `release_daily_limit`: noted by whoever writes that a message did not go, unless it is known to have arrived. */
export function noteRelease({ portfolio }: Tables, row: Message): void {
  if (hasArrived(row)) return
  for (const [person, { message_id, reserved_at }] of portfolio.places) {
    if (message_id !== row.id) continue
    portfolio.releases.add(row.id)
    if (row.state !== 'queued') portfolio.givenBack.set(row.id, { person, reserved_at })
  }
}

/** `count_daily_limit_again`: for whoever learns that a message went all the same. */
export function countAgain({ portfolio }: Tables, nowMs: number, { id }: Message): void {
  const { givenBack, places } = portfolio
  const given = givenBack.get(id)
  if (given === undefined) return
  settle(portfolio, nowMs)
  if (!givenBack.delete(id)) return
  const { person, reserved_at } = given
  const other = places.get(person)
  if (other === undefined) {
    places.set(person, { reserved_at, message_id: id, prior_at: null })
    return
  }
  const earlier = Math.min(other.reserved_at, reserved_at)
  places.set(person, {
    reserved_at: Math.max(other.reserved_at, reserved_at),
    message_id: reserved_at > other.reserved_at ? id : other.message_id,
    prior_at: Math.max(other.prior_at ?? earlier, earlier),
  })
}

export function hasArrived({ facts }: Message): boolean {
  return facts.has('delivered') || facts.has('read') || facts.has('played')
}

function settle({ places, releases, givenBack, dayMs }: Portfolio, nowMs: number): void {
  for (const place of places.values()) {
    if (place.message_id === null || !releases.has(place.message_id)) continue
    place.reserved_at = place.prior_at ?? Number.NEGATIVE_INFINITY
    place.prior_at = null
    place.message_id = null
  }
  releases.clear()
  for (const [person, { reserved_at }] of places) if (reserved_at <= nowMs - dayMs) places.delete(person)
  for (const [id, { reserved_at }] of givenBack) if (reserved_at <= nowMs - dayMs) givenBack.delete(id)
}

/** Whoever wrote to us takes no place. */
function isFree(
  { people }: Tables,
  nowMs: number,
  { contact_id, number_id }: { contact_id: ContactId; number_id: NumberId },
): boolean {
  return (people.get(contact_id)?.windows.get(number_id) ?? Number.NEGATIVE_INFINITY) > nowMs
}

/** Those who would take a place, the most urgent first. */
function newPeople(tables: Tables, nowMs: number, asked: readonly Message[]): ContactId[] {
  const first = new Map<ContactId, { priority: number; id: string }>()
  for (const row of asked) {
    if (isFree(tables, nowMs, row) || tables.portfolio.places.has(row.contact_id)) continue
    const known = first.get(row.contact_id) ?? row
    const priority = Math.min(known.priority, row.priority)
    first.set(row.contact_id, { priority, id: known.id < row.id ? known.id : row.id })
  }
  return [...first]
    .sort(([, one], [, other]) => one.priority - other.priority || byId(one, other))
    .map(([person]) => person)
}

function take({ places }: Portfolio, nowMs: number, { contact_id, id }: Message): void {
  const prior_at = places.get(contact_id)?.reserved_at ?? null
  places.set(contact_id, { reserved_at: nowMs, message_id: id, prior_at })
}

function putOff({ portfolio, queue }: Tables, nowMs: number, row: Message): void {
  const oldest = Math.min(...[...portfolio.places.values()].map(({ reserved_at }) => reserved_at))
  const freeAt = Number.isFinite(oldest) ? oldest + portfolio.dayMs : Number.NEGATIVE_INFINITY
  const longestMs = row.list_id === null ? putOffMs.direct : putOffMs.list
  row.next_at = Math.min(nowMs + longestMs, Math.max(nowMs + 1_000, freeAt))
  if (queue.has(row.id)) queue.set(row.id, row.next_at)
}

function byId({ id: one }: { id: string }, { id: other }: { id: string }): number {
  return one < other ? -1 : Number(one > other)
}

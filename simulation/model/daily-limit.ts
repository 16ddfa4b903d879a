import type { ContactId, NumberId } from '../../src/contract/index.ts'
import type { Message, Tables } from './rows.ts'

export interface Place {
  reserved_at: number
  /** The message that counts; null once it was given back. */
  message_id: string | null
  prior_at: number | null
}

/** `portfolio_notes`: a message did not go after all, and what place it had; or it did, in spite of that. */
export interface Note {
  message_id: string
  went: boolean
  person: ContactId | null
  reserved_at: number | null
  is_open: boolean
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
  /** What became known of messages, oldest first, for the next who reserves. */
  readonly notes: Note[]
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

/** `note_unsent`: noted by whoever writes that a message did not go, unless it is known to have arrived. */
export function noteUnsent({ portfolio }: Tables, row: Message): void {
  if (hasArrived(row)) return
  const { notes, places, givenBack } = portfolio
  const taken = [...places].find(([, place]) => place.message_id === row.id)
  const given = givenBack.get(row.id)
  if (taken !== undefined) {
    const [person, { reserved_at }] = taken
    notes.push({ message_id: row.id, went: false, person, reserved_at, is_open: row.state !== 'queued' })
  } else if (given !== undefined) {
    notes.push({ message_id: row.id, went: false, ...given, is_open: true })
  }
}

/** `note_proven`: by whoever learns that a message went all the same. */
export function noteProven({ portfolio: { notes, givenBack } }: Tables, { id }: Message): void {
  const isGiven = givenBack.has(id) || notes.some(({ message_id, is_open }) => message_id === id && is_open)
  if (isGiven) notes.push({ message_id: id, went: true, person: null, reserved_at: null, is_open: false })
}

export function hasArrived({ facts }: Message): boolean {
  return facts.has('delivered') || facts.has('read') || facts.has('played')
}

/** `settle_portfolio`: the last word on each message holds. */
function settle(portfolio: Portfolio, nowMs: number): void {
  const { places, notes, givenBack, dayMs } = portfolio
  const told = [...new Map(notes.map((note) => [note.message_id, note])).values()]
  notes.length = 0
  const unsent = new Map(told.filter(({ went }) => !went).map((note) => [note.message_id, note]))
  for (const place of places.values()) {
    if (place.message_id === null || !unsent.has(place.message_id)) continue
    place.reserved_at = place.prior_at ?? Number.NEGATIVE_INFINITY
    place.prior_at = null
    place.message_id = null
  }
  for (const [id, { person, reserved_at, is_open }] of unsent)
    if (is_open && person !== null && reserved_at !== null)
      givenBack.set(id, { person: givenBack.get(id)?.person ?? person, reserved_at })
  for (const [person, { reserved_at }] of places) if (reserved_at <= nowMs - dayMs) places.delete(person)
  for (const [id, { reserved_at }] of givenBack) if (reserved_at <= nowMs - dayMs) givenBack.delete(id)
  for (const { message_id, went } of told) if (went) countAgain(portfolio, message_id)
}

/** `count_proven`: from when it took its place. */
function countAgain({ givenBack, places }: Portfolio, id: string): void {
  const given = givenBack.get(id)
  if (given === undefined) return
  givenBack.delete(id)
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

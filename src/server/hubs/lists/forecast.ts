import type { DailyLimit } from '../../connectors/index.ts'
import { type ListRow, listNextOpening, listOpenUntil } from './list.ts'

export interface Plan {
  count: number
  perSecond: number
  from: Date
  /** null: as many people as the pace allows. */
  limit: DailyLimit | null
  /** How many of them take a place of the limit: they were not written to within a day, and did not write themselves. */
  newPeople: number
}

/** A rate older than this is over: nothing was sent since. */
const rateMsMax = 5_000

/** Messages per second of a running list at this moment. */
export function freshRate(list: ListRow, now: Date): number {
  if (list.state !== 'running' || !list.rate_at) return 0
  return now.getTime() - list.rate_at.getTime() <= rateMsMax ? Math.round(list.rate_per_second * 10) / 10 : 0
}

/**
 * What to reckon with: the rate of now, or the number's pace while nothing goes out; a scheduled list from its start, any
 * from the end of a stop of its number.
 */
export function paceOf(list: ListRow, now: Date): Pick<Plan, 'perSecond' | 'from'> {
  const rate = freshRate(list, now)
  const begins = list.state === 'running' ? list.stop_until : list.starts_at
  return {
    perSecond: rate >= 1 ? rate : list.pace_per_second,
    from: begins !== null && begins > now ? begins : now,
  }
}

const lookAheadMax = 1_000
const dayMs = 86_400_000
/** Beyond half a year of days at the full limit nobody plans. */
const limitedDaysMax = 180

/**
 * When `count` messages will have gone out, sending only while open and only to as many new people as the daily limit
 * lets through; null when that is not in sight.
 */
export function forecastEnd(list: ListRow, { count, perSecond, from, limit, newPeople }: Plan): Date | null {
  if (perSecond <= 0 || isTooMuch(newPeople, limit)) return null
  const share = Math.min(1, newPeople / count)
  const work = { left: count, moment: from.getTime(), places: placesOf(share > 0 ? limit : null), share }
  for (let step = 0; step < lookAheadMax; step++) {
    const opening = listNextOpening(list, new Date(work.moment))
    const end = opening && listOpenUntil(list, opening)
    if (!end) return null
    work.moment = opening.getTime()
    sendUntil(end.getTime(), work, perSecond)
    if (work.left <= 0) return new Date(work.moment)
  }
  return null
}

function isTooMuch(newPeople: number, limit: DailyLimit | null): boolean {
  return limit !== null && newPeople > limit.total * limitedDaysMax
}

interface Work {
  left: number
  moment: number
  places: Places
  /** Of those still to be written to, which part takes a place; spread evenly over the list. */
  share: number
}

/** What is free now, and what falls free later, earliest first; each place taken falls free a day after. */
interface Places {
  free: number
  later: { at: number; people: number }[]
}

function placesOf(limit: DailyLimit | null): Places {
  if (limit === null) return { free: Number.POSITIVE_INFINITY, later: [] }
  return {
    free: Math.max(0, limit.total - limit.used),
    later: limit.frees.map(({ until, people }) => ({ at: until.getTime(), people })),
  }
}

/** Sends through one opening, in strides from one place that falls free to the next. */
function sendUntil(end: number, work: Work, perSecond: number): void {
  const { places, share } = work
  while (work.moment < end && work.left > 0) {
    collectFreed(places, work.moment)
    const next = places.later[0]?.at ?? Number.POSITIVE_INFINITY
    // Less than one is what rounding leaves of a fraction.
    if (places.free < 1) {
      work.moment = Math.min(next, end)
      continue
    }
    const strideMs = Math.min(end, next) - work.moment
    const sent = Math.min(work.left, places.free / share, (perSecond * strideMs) / 1_000)
    work.left -= sent
    work.moment += (sent / perSecond) * 1_000
    if (work.left < 1e-6) work.left = 0
    if (!Number.isFinite(places.free)) continue
    places.free -= sent * share
    places.later.push({ at: work.moment + dayMs, people: sent * share })
  }
}

function collectFreed(places: Places, moment: number): void {
  while (places.later[0] !== undefined && places.later[0].at <= moment) {
    places.free += places.later.shift()?.people ?? 0
  }
}

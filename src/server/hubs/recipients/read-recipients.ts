import { type RawBuilder, sql } from 'kysely'
import type { RecipientState, WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'
import {
  inFlight,
  selectIdsByPhone,
  unexpanded,
  withException,
  withIds,
  withProblem,
} from './candidate-queries.ts'
import { phoneDigitsOf } from './phone-digits.ts'
import {
  type Candidates,
  type RecipientFilter,
  type RecipientRow,
  type RowsWanted,
  selectCandidates,
  selectQueued,
  selectStepEnd,
  selectThrough,
} from './read-queries.ts'

export interface RecipientsWanted extends RecipientFilter, RowsWanted {
  /** How many rows are gone through for one page at most, where no index knows them. */
  stepMax?: number
}

export interface RecipientPage {
  rows: RecipientRow[]
  /** Where to go on; null at the end. May be set although fewer rows were found than asked for, even none. */
  next: string | null
}

/** Some 100 ms. */
const rowsPerStep = 20_000
/** More phones than these are quicker found by going through the list. */
const phonesMax = 2_000

/**
 * In the order of the file; what waits, in the order in which it will go. The states are those of the counts: who has
 * read counts as delivered and sent, too.
 */
export async function readRecipients(
  db: Db,
  workspaceId: WorkspaceId,
  wanted: RecipientsWanted,
): Promise<RecipientPage> {
  const more = { ...wanted, limit: wanted.limit + 1 }
  const condition = conditionOf(wanted)
  if (condition === null) return pageOf(wanted, await selectThrough(db, workspaceId, more, everything))
  if (wanted.search === null && wanted.reason === null && wanted.state === 'waiting')
    return readWaiting(db, workspaceId, wanted)
  const candidates = await candidatesOf(db, workspaceId, more)
  if (candidates === null) return readThrough(db, workspaceId, { ...wanted, condition })
  return pageOf(wanted, await selectCandidates(db, workspaceId, more, candidates))
}

const everything = { until: null, condition: sql`` }

function pageOf(
  { limit }: RecipientsWanted,
  rows: RecipientRow[],
  positionOf: (row: RecipientRow) => string = (row) => row.id,
): RecipientPage {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last ? positionOf(last) : null }
}

/** First those in the queue, whose place is the id of their message, then those that no message was made of yet. */
async function readWaiting(
  db: Db,
  workspaceId: WorkspaceId,
  wanted: RecipientsWanted,
): Promise<RecipientPage> {
  const { list, after, limit } = wanted
  const isPastQueue = after?.startsWith('rcp_') ?? false
  const queued = isPastQueue ? [] : await selectQueued(db, workspaceId, { list, after, limit: limit + 1 })
  const rest = { list, after: isPastQueue ? after : null, limit: limit + 1 - queued.length }
  const others =
    rest.limit === 0 || list.state === 'cancelled'
      ? []
      : await selectCandidates(db, workspaceId, rest, unexpanded({ workspaceId, ...rest }))
  return pageOf(wanted, [...queued, ...others], (row) => row.message_id ?? row.id)
}

/** A step through the list: rare rows take several pages, each of them quick. */
async function readThrough(
  db: Db,
  workspaceId: WorkspaceId,
  { condition, ...wanted }: RecipientsWanted & { condition: RawBuilder<unknown> },
): Promise<RecipientPage> {
  const until = await selectStepEnd(db, workspaceId, wanted, wanted.stepMax ?? rowsPerStep)
  const more = { ...wanted, limit: wanted.limit + 1 }
  const page = pageOf(wanted, await selectThrough(db, workspaceId, more, { until, condition }))
  return page.next === null ? { ...page, next: until } : page
}

/** Null where nothing but going through the list finds them. */
async function candidatesOf(
  db: Db,
  workspaceId: WorkspaceId,
  wanted: RecipientsWanted,
): Promise<Candidates | null> {
  const { list, after, state, search } = wanted
  const source = { ...wanted, workspaceId }
  if (search !== null) {
    const digits = state === null ? phoneDigitsOf(search) : null
    if (digits === null) return null
    const ids = await selectIdsByPhone(db, workspaceId, { list, digits, limit: phonesMax })
    return ids.length === 0 || ids.length >= phonesMax ? null : withIds(ids, after)
  }
  switch (state) {
    case 'failed':
      return withException(source, ['failed'])
    case 'unknown':
      return withException(source, ['unknown', 'held'])
    case 'problem':
      return withProblem(source)
    case 'sending':
      return wanted.reason === null ? inFlight(source) : null
    case 'skipped': {
      const left = sql`${withException(source, ['skipped', 'cancelled', 'expired'])} union all ${withProblem(source)}`
      const isCancelled = list.state === 'cancelled' && (wanted.reason ?? 'cancelled') === 'cancelled'
      return isCancelled ? sql`${left} union all ${unexpanded(source)}` : left
    }
    default:
      return null
  }
}

/** Null where every row is wanted. */
function conditionOf(wanted: RecipientsWanted): RawBuilder<unknown> | null {
  const { list, state, reason, search } = wanted
  if (state === null && reason === null && search === null) return null
  return sql`${inState(state, list.state === 'cancelled')} ${withReason(reason)} ${matching(search)}`
}

function inState(state: RecipientState | null, isCancelled: boolean): RawBuilder<unknown> {
  switch (state) {
    case null:
      return sql``
    case 'problem':
      return sql`and r.problem is not null`
    case 'waiting':
      return isCancelled
        ? sql`and r.problem is null and m.status = 'queued'`
        : sql`and r.problem is null and (m.status is null or m.status = 'queued')`
    case 'failed':
      return sql`and m.exception = 'failed'`
    case 'sending':
    case 'read':
      return sql`and m.status = ${state}`
    case 'sent':
      return sql`and m.status in ('accepted', 'sent', 'delivered', 'read')`
    case 'delivered':
      return sql`and m.status in ('delivered', 'read')`
    case 'unknown':
      return sql`and m.exception in ('unknown', 'held')`
    case 'skipped':
      return sql`and (r.problem is not null or m.exception in ('skipped', 'cancelled', 'expired')
        or (${isCancelled} and m.status is null))`
  }
}

function withReason(reason: string | null): RawBuilder<unknown> {
  if (reason === null) return sql``
  return sql`and (split_part(r.problem, ':', 1) = ${reason} or (r.problem is null and m.error_code = ${reason}))`
}

/** The text of the cells as a whole is searched first: taking each row's cells apart costs four times as much. */
function matching(search: string | null): RawBuilder<unknown> {
  if (search === null) return sql``
  const inJson = JSON.stringify(search).slice(1, -1)
  return sql`and (r.phone like ${patternOf(search)} or (r.cells::text ilike ${patternOf(inJson)} and exists (
    select 1 from jsonb_array_elements_text(r.cells) as cell where cell ilike ${patternOf(search)})))`
}

function patternOf(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
}

import { type ConnectorId, connectorId, type WorkspaceId } from '../../contract/index.ts'
import { appendEvent } from '../events/index.ts'
import type { Ctx, Db } from '../platform/index.ts'
import type { AccountFact, NumberFact, ServerCtx } from '../providers/index.ts'
import { markOf, type News, readNews } from './account-news.ts'
import { accountConsequences } from './account-told.ts'
import { changeNumber, putIntoBell, tellOfNumber } from './change-number.ts'
import type { NumberRow } from './connector.ts'
import { forgetConnections } from './open-connection.ts'
import {
  type AccountConnector,
  hasNewerChange,
  insertChange,
  selectConnectorsOfAccount,
} from './queries-changes.ts'
import { type NumberValues, selectNumbersOfAccount } from './queries-numbers.ts'
import { recordRestriction } from './record-restriction.ts'
import { requestRefresh } from './refresh-numbers.ts'

/** `kept`: it is about a number that is not ours. */
export type AccountChangeOutcome = 'applied' | 'repeat' | 'kept'

/** Where news come from, and when they came: their time if they bring none. */
export interface Heard {
  inboundLogId: string | null
  at: Date
}

interface Hearing {
  workspace: WorkspaceId
  connector: ConnectorId
  news: News
  /** The provider's time, or ours. */
  at: Date
  mark: string
  inboundLogId: string | null
}

/**
 * Takes what the provider says about an account or a number: history, state, event and notice in one transaction. What
 * was told before changes nothing; what is older than what is known goes into the history only. Quality, which no
 * webhook names, is asked for soon afterwards.
 */
export async function applyAccountChange(
  ctx: ServerCtx,
  workspace: WorkspaceId,
  connector: ConnectorId,
  fact: AccountFact | NumberFact,
  { inboundLogId, ...heard }: Heard = { inboundLogId: null, at: ctx.clock.now() },
): Promise<AccountChangeOutcome> {
  const at = fact.at ?? heard.at
  const hearing = { workspace, connector, news: readNews(fact), at, mark: markOf(fact), inboundLogId }
  const { outcome, concerned } = await ctx.db.inWorkspace(workspace, async (tx) => {
    const numbers = await selectNumbersOfAccount(tx, workspace, connector)
    const concerned = numbers.filter((number) => concerns(fact, number, numbers.length))
    const outcome =
      fact.kind === 'number'
        ? await hearOfNumbers(ctx, tx, { ...hearing, fact, numbers: concerned })
        : await hearOfAccount(ctx, tx, { ...hearing, fact, numbers: concerned })
    return { outcome, concerned }
  })
  if (needsRefresh(fact)) {
    for (const id of new Set(concerned.map((number) => number.connector_id)))
      await requestRefresh(ctx, workspace, connectorId.parse(id), inboundLogId)
  }
  if (outcome !== 'applied') return outcome
  forgetConnections(ctx)
  ctx.live.changed(workspace, { topic: 'connector', id: connector })
  ctx.live.changed(workspace, { topic: 'notice', id: connector })
  return 'applied'
}

async function hearOfAccount(
  ctx: Ctx,
  tx: Db,
  { fact, numbers, ...hearing }: Hearing & { fact: AccountFact; numbers: readonly NumberRow[] },
): Promise<AccountChangeOutcome> {
  const { workspace, news, at, mark, inboundLogId } = hearing
  const told = accountConsequences(news, at)
  let isNew = false
  let isNewest = false
  // Connectors of one account share its state; customers hear of it once.
  for (const account of await selectConnectorsOfAccount(tx, workspace, hearing.connector)) {
    const place = { connector_id: account.id, number_id: null, topic: news.topic, aspect: news.aspect, at }
    if (!(await insertChange(tx, workspace, { ...news, ...place, inbound_log_id: inboundLogId, mark })))
      continue
    if (await hasNewerChange(tx, workspace, place)) {
      isNew = true
      continue
    }
    if (!isNew && told.event !== null) await tellCustomers(tx, hearing, account, told.event)
    isNew = true
    isNewest = true
    const subject = { subject_id: account.id, subject_name: account.name, aspect: news.aspect }
    await putIntoBell(tx, workspace, told, { ...subject, at })
  }
  if (!isNew) return 'repeat'
  await recordRestriction(tx, hearing, fact)
  if (news.topic === 'capability' && news.value !== null && isNewest)
    await changeAll(ctx, tx, hearing, numbers, { messaging_limit: news.value })
  return 'applied'
}

async function tellCustomers(
  tx: Db,
  { workspace, at, inboundLogId }: Hearing,
  account: AccountConnector,
  event: NonNullable<ReturnType<typeof accountConsequences>['event']>,
): Promise<void> {
  const data = { connector_id: account.id, waba_id: account.waba_id, ...event.data }
  await appendEvent(tx, workspace, { type: event.type, at, inbound_log_id: inboundLogId, data })
}

async function hearOfNumbers(
  ctx: Ctx,
  tx: Db,
  { fact, numbers, ...hearing }: Hearing & { fact: NumberFact; numbers: readonly NumberRow[] },
): Promise<AccountChangeOutcome> {
  if (numbers.length === 0) return 'kept'
  const { workspace, at, mark, inboundLogId } = hearing
  let outcome: AccountChangeOutcome = 'repeat'
  for (const number of numbers) {
    const news = compared(hearing.news, number)
    const { topic, aspect } = news
    const place = { connector_id: number.connector_id, number_id: number.id, topic, aspect, at }
    if (!(await insertChange(tx, workspace, { ...news, ...place, inbound_log_id: inboundLogId, mark })))
      continue
    outcome = 'applied'
    if (await hasNewerChange(tx, workspace, place)) {
      // A name that was refused since leaves the one approved before it.
      if (news.topic !== 'name' || (await hasNewerChange(tx, workspace, { ...place, change: fact.change })))
        continue
    } else {
      await tellOfNumber(tx, { workspaceId: workspace, number, news }, { at, inboundLogId })
    }
    const change = { at, inboundLogId, told: news.topic }
    const values = valuesOf(fact, news)
    await changeNumber(ctx, tx, { workspaceId: workspace, numberId: number.id, values }, change)
  }
  return outcome
}

async function changeAll(
  ctx: Ctx,
  tx: Db,
  { workspace, at, inboundLogId }: Hearing,
  numbers: readonly NumberRow[],
  values: Partial<NumberValues>,
): Promise<void> {
  for (const { id, connector_id } of numbers) {
    const place = { connector_id, number_id: id, topic: 'limit' as const, aspect: '', at }
    if (await hasNewerChange(tx, workspace, place)) continue
    await changeNumber(ctx, tx, { workspaceId: workspace, numberId: id, values }, { at, inboundLogId })
  }
}

/** The provider doesn't always say what was before; the row knows. */
function compared(news: News, number: NumberRow): News {
  const previous = news.topic === 'limit' ? (news.previous ?? number.messaging_limit) : news.previous
  return { ...news, previous }
}

/**
 * Meta names a number by its phone, Gupshup not at all: an app has one. An account's change concerns all numbers of the
 * connector.
 */
function concerns(fact: AccountFact | NumberFact, number: NumberRow, numberCount: number): boolean {
  if (fact.kind === 'account') return true
  if (fact.phone === null && fact.phone_number_id === null) return numberCount === 1
  return fact.phone === number.phone || fact.phone_number_id === number.phone_number_id
}

/** Columns that a webhook about a number sets. */
function valuesOf(fact: NumberFact, { topic, value }: News): Partial<NumberValues> {
  const limit = value === null ? {} : { messaging_limit: value }
  switch (topic) {
    case 'name':
      return fact.change === 'APPROVED' && value !== null ? { verified_name: value } : {}
    case 'throughput':
      return { throughput: 'HIGH', pace_limit_per_second: 1000, ...limit }
    case 'flag':
      // Gupshup can't be asked; Meta's own rating follows when it is.
      return { ...(fact.phone === null ? { quality_rating: flagged(fact.change) } : {}), ...limit }
    case 'limit':
      return limit
    default:
      return {}
  }
}

function flagged(change: string): 'RED' | 'UNKNOWN' {
  return change === 'FLAGGED' ? 'RED' : 'UNKNOWN'
}

function needsRefresh({ field }: AccountFact | NumberFact): boolean {
  return (
    field === 'phone_number_quality_update' ||
    field === 'phone_number_name_update' ||
    field === 'business_capability_update'
  )
}

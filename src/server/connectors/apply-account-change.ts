import { type ConnectorId, connectorId, type WorkspaceId } from '../../contract/index.ts'
import type { AccountFact, NumberFact, ServerCtx } from '../providers/index.ts'
import type { NumberRow } from './connector.ts'
import { forgetConnections } from './open-connection.ts'
import { type NumberValues, selectNumbersOfAccount, updateNumber } from './queries-numbers.ts'
import { recordRestriction } from './record-restriction.ts'
import { requestRefresh } from './refresh-numbers.ts'

/** `kept`: nothing of ours changes by it. */
export type AccountChangeOutcome = 'applied' | 'repeat' | 'kept'

/**
 * Takes what the provider says about an account or a number: limit, throughput and display name at once; the rest
 * (quality, above all, which the webhook doesn't name) by asking the provider soon afterwards.
 */
export async function applyAccountChange(
  ctx: ServerCtx,
  workspace: WorkspaceId,
  connector: ConnectorId,
  fact: AccountFact | NumberFact,
): Promise<AccountChangeOutcome> {
  if (fact.kind === 'account' && (await recordRestriction(ctx, workspace, connector, fact))) return 'applied'
  const values = fact.kind === 'number' ? numberChange(fact) : accountChange(fact)
  if (values === null) return 'kept'
  const { concerned, isChanged } = await ctx.db.inWorkspace(workspace, async (tx) => {
    const numbers = await selectNumbersOfAccount(tx, workspace, connector)
    const concerned = numbers.filter((number) => concerns(fact, number, numbers.length))
    let isChanged = false
    for (const { id } of concerned) {
      const changed = await updateNumber(tx, workspace, id, values)
      isChanged ||= changed
    }
    return { concerned, isChanged }
  })
  if (concerned.length === 0) return 'kept'
  for (const id of new Set(concerned.map((number) => number.connector_id))) {
    await requestRefresh(ctx, workspace, connectorId.parse(id))
  }
  if (!isChanged) return 'repeat'
  forgetConnections(ctx)
  ctx.live.changed(workspace, { topic: 'connector', id: connector })
  return 'applied'
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

/** Columns to set; empty when the provider must be asked; null when it concerns none. */
function numberChange({ field, change, value }: NumberFact): Partial<NumberValues> | null {
  if (field === 'phone_number_name_update') {
    const name = value.requested_verified_name
    return change === 'APPROVED' && typeof name === 'string' ? { verified_name: name } : {}
  }
  if (field !== 'phone_number_quality_update') return null
  const limit = limitIn(value.max_daily_conversations_per_business ?? value.current_limit)
  return {
    ...(change === 'THROUGHPUT_UPGRADE' ? { throughput: 'HIGH', pace_limit_per_second: 1000 } : {}),
    ...(limit === null ? {} : { messaging_limit: limit }),
  }
}

function accountChange({ field, value }: AccountFact): Partial<NumberValues> | null {
  if (field !== 'business_capability_update') return null
  const limit = limitIn(value.max_daily_conversations_per_business ?? value.max_daily_conversation_per_phone)
  return limit === null ? {} : { messaging_limit: limit }
}

const limitsByCount = new Map([
  [-1, 'TIER_UNLIMITED'],
  [250, 'TIER_250'],
  [1000, 'TIER_1K'],
  [2000, 'TIER_2K'],
  [10_000, 'TIER_10K'],
  [100_000, 'TIER_100K'],
])

/** Meta's table says `TIER_2K`, its sample says 2000. */
function limitIn(value: unknown): string | null {
  if (typeof value === 'string' && /^TIER_[A-Z0-9]{1,20}$/.test(value)) return value
  return limitsByCount.get(Number(value)) ?? null
}

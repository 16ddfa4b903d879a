import type { WorkspaceId } from '../../contract/index.ts'
import { appendEvent } from '../events/index.ts'
import { raiseNotice, resolveNotices } from '../notices/index.ts'
import type { Ctx, Db } from '../platform/index.ts'
import type { News, NewsTopic } from './account-news.ts'
import type { Consequences } from './account-told.ts'
import type { NumberRow } from './connector.ts'
import { changeOfLimit } from './messaging-limit.ts'
import { numberConsequences } from './number-told.ts'
import { selectConnector } from './queries.ts'
import { insertChange } from './queries-changes.ts'
import { lockNumber, type NumberValues, updateNumber } from './queries-numbers.ts'

export interface NumberChange {
  at: Date
  /** The webhook that told us; null when the provider was asked. */
  inboundLogId: string | null
  /** Written into the history already, in the provider's own words. */
  told?: NewsTopic
}

/**
 * Takes over what is known now about a number: the row, its history, events and notices, in the caller's transaction.
 * The only writer of a number's quality, limit, throughput and name. False when nothing differs.
 */
export async function changeNumber(
  ctx: Ctx,
  db: Db,
  {
    workspaceId,
    numberId,
    values,
  }: { workspaceId: WorkspaceId; numberId: string; values: Partial<NumberValues> },
  { at, inboundLogId, told }: NumberChange,
): Promise<boolean> {
  const before = await lockNumber(db, workspaceId, numberId)
  if (before === null || !(await updateNumber(db, workspaceId, numberId, values))) return false
  const number = { ...before, ...values }
  for (const news of differences(before, number)) {
    if (news.topic === told) continue
    const change = { ...news, connector_id: before.connector_id, number_id: numberId, at }
    const mark = `learnt-${ctx.random.uuid()}`
    await insertChange(db, workspaceId, { ...change, inbound_log_id: inboundLogId, mark })
    await tellOfNumber(db, { workspaceId, number, news }, { at, inboundLogId })
  }
  return true
}

/** Event and notices that follow from news about a number. */
export async function tellOfNumber(
  db: Db,
  { workspaceId, number, news }: { workspaceId: WorkspaceId; number: NumberRow; news: News },
  { at, inboundLogId }: { at: Date; inboundLogId: string | null },
): Promise<void> {
  const connector = await selectConnector(db, workspaceId, number.connector_id)
  if (connector === null) return
  const told = numberConsequences(news, number, connector)
  if (told.event !== null) {
    const event = { ...told.event, at, number_id: number.id, inbound_log_id: inboundLogId }
    await appendEvent(db, workspaceId, event)
  }
  const subject_name = number.verified_name || number.display_phone_number
  await putIntoBell(db, workspaceId, told, { subject_id: number.id, subject_name, at })
}

export async function putIntoBell(
  db: Db,
  workspaceId: WorkspaceId,
  { raise, resolve }: Pick<Consequences, 'raise' | 'resolve'>,
  { at, ...subject }: { subject_id: string; subject_name: string; aspect?: string; at: Date },
): Promise<void> {
  if (resolve.length > 0) await resolveNotices(db, workspaceId, { kinds: resolve, ...subject })
  for (const notice of raise) await raiseNotice(db, workspaceId, { ...notice, ...subject, at })
}

function differences(before: NumberRow, after: NumberRow): News[] {
  const differs = (column: 'quality_rating' | 'messaging_limit' | 'throughput' | 'verified_name') =>
    before[column] !== after[column]
  const news = (topic: NewsTopic, change: string, previous: string | null, value: string | null): News => ({
    topic,
    aspect: '',
    change,
    previous,
    value,
    details: {},
  })
  const found: News[] = []
  if (differs('quality_rating'))
    found.push(news('quality', after.quality_rating, before.quality_rating, after.quality_rating))
  if (differs('messaging_limit')) {
    const change = changeOfLimit(before.messaging_limit, after.messaging_limit)
    found.push(news('limit', change, before.messaging_limit, after.messaging_limit))
  }
  if (differs('throughput'))
    found.push(news('throughput', 'THROUGHPUT_UPGRADE', before.throughput, after.throughput))
  // Seen when the provider was asked: what it decided about a name, only its webhook says.
  if (differs('verified_name')) found.push(news('other', 'NAME', before.verified_name, after.verified_name))
  return found
}

import type { NumberId, WorkspaceId } from '../../contract/index.ts'
import { learnUserIds, type ToldUserId } from '../contacts/index.ts'
import type { Ctx, Db } from '../platform/index.ts'
import type { StatusFact } from '../providers/index.ts'
import { inferMessages } from './infer-message.ts'
import { type AttemptTag, readOpaqueTag } from './opaque-tag.ts'
import {
  insertOrphans,
  lockAnswers,
  type NewFact,
  selectByExternalIds,
  selectByIds,
} from './queries-statuses.ts'
import { recordFacts } from './record-facts.ts'
import { tellLimits } from './tell-limits.ts'
import { tellLive } from './tell-live.ts'

/** `unrouted`: no message of ours has this id; kept, in case the answer that names it is still on its way. */
export type StatusOutcome = 'applied' | 'repeat' | 'unrouted'

interface ToldStatus {
  fact: StatusFact
  tag: AttemptTag | null
  inboundLogId: string | null
}

/**
 * Statuses of messages of one number, in one transaction, with one outcome for each in the same order. Any order and
 * any number of repeats ends the same. `inboundLogIds` is one id for all, or one for each.
 */
export async function applyStatuses(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  facts: readonly StatusFact[],
  inboundLogIds: string | null | readonly (string | null)[],
): Promise<StatusOutcome[]> {
  const logIdOf = (index: number) =>
    inboundLogIds === null || typeof inboundLogIds === 'string'
      ? inboundLogIds
      : (inboundLogIds[index] ?? null)
  const told = facts.map((fact, index) => ({
    fact,
    tag: readOpaqueTag(ctx.secrets, numberId, fact.opaque),
    inboundLogId: logIdOf(index),
  }))
  const { outcomes, fresh } = await ctx.db.inWorkspace(workspaceId, (tx) =>
    applyTold(tx, workspaceId, numberId, told),
  )
  tellLive(ctx.live, workspaceId, fresh)
  await tellLimits(ctx, workspaceId, fresh)
  // Each status of a message tells it again.
  await learnUserIds(ctx, workspaceId, userIdsIn(told, fresh)).catch((error: unknown) =>
    ctx.log.warn({ error, number_id: numberId }, 'user ids of statuses not kept'),
  )
  return outcomes
}

/** Of people, not of members of a group. */
function userIdsIn(told: readonly ToldStatus[], fresh: readonly NewFact[]): ToldUserId[] {
  const named = new Map(told.map(({ fact }) => [fact.external_id, fact.recipient_user_id]))
  return fresh.flatMap(({ external_id, contact_id, to_phone: phone, at }) => {
    const user_id = external_id === null ? null : (named.get(external_id) ?? null)
    return user_id === null || phone === null ? [] : [{ contact_id, phone, user_id, at }]
  })
}

/** The same for a single status. */
export async function applyStatus(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  fact: StatusFact,
  inboundLogId: string | null,
): Promise<StatusOutcome> {
  const [outcome] = await applyStatuses(ctx, workspaceId, numberId, [fact], inboundLogId)
  if (outcome === undefined) throw new Error('One status went in, none came out.')
  return outcome
}

async function applyTold(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  told: readonly ToldStatus[],
): Promise<{ outcomes: StatusOutcome[]; fresh: NewFact[] }> {
  let messageIds = await findMessages(db, workspaceId, numberId, told)
  let inferred: ReadonlyMap<string, string> = new Map()
  if (messageIds.includes(null)) {
    await lockAnswers(db, [numberId], 'alone')
    messageIds = await findMessages(db, workspaceId, numberId, told)
    inferred = await inferMessages(
      db,
      workspaceId,
      numberId,
      told.flatMap(({ fact }, index) => (messageIds[index] === null ? [fact] : [])),
    )
    messageIds = messageIds.map(
      (id, index) => id ?? inferred.get(told[index]?.fact.external_id ?? '') ?? null,
    )
    await keepOrphans(
      db,
      workspaceId,
      numberId,
      told.filter((_, index) => messageIds[index] === null),
    )
  } else if (told.some(({ fact }) => fact.whatsapp_id !== null)) {
    // Somebody may be keeping a status under the id that becomes known here.
    await lockAnswers(db, [numberId], 'shared')
  }
  const { fresh, ofMembers } = await recordFacts(
    db,
    workspaceId,
    told.flatMap((one, index) => factOf(one, messageIds[index] ?? null, inferred.has(one.fact.external_id))),
  )
  const unused = new Set(fresh.map((fact) => `${fact.message_id}|${fact.kind}`))
  for (const { message_id, kind, member } of ofMembers) unused.add(`${message_id}|${kind}|${member}`)
  // Of a fact told twice in one batch, the first counts as applied.
  const outcomes = told.map(({ fact }, index): StatusOutcome => {
    const messageId = messageIds[index] ?? null
    if (messageId === null) return 'unrouted'
    const ofMessage = unused.delete(`${messageId}|${fact.status}`)
    const ofMember = unused.delete(`${messageId}|${fact.status}|${fact.member}`)
    return ofMessage || ofMember ? 'applied' : 'repeat'
  })
  return { outcomes, fresh }
}

/**
 * By the provider's id, else by our authentic tag, else by WhatsApp's id as another of these statuses tells it; null where
 * nothing names a message of this number.
 */
async function findMessages(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  told: readonly ToldStatus[],
): Promise<(string | null)[]> {
  const known = await selectByExternalIds(db, workspaceId, numberId, [
    ...new Set(told.map(({ fact }) => fact.external_id)),
  ])
  const byExternalId = new Map(known.map((message) => [message.external_id, message.id]))
  const named = told.flatMap(({ fact, tag }) =>
    tag && !byExternalId.has(fact.external_id) ? [tag.message_id] : [],
  )
  const tagged = new Set<string>(
    (await selectByIds(db, workspaceId, numberId, [...new Set(named)])).map((message) => message.id),
  )
  const found = told.map(
    ({ fact, tag }) =>
      byExternalId.get(fact.external_id) ?? (tag && tagged.has(tag.message_id) ? tag.message_id : null),
  )
  const byWhatsappId = new Map(told.map(({ fact }, index) => [fact.whatsapp_id, found[index] ?? null]))
  return told.map(({ fact }, index) => found[index] ?? byWhatsappId.get(fact.external_id) ?? null)
}

function factOf({ fact, tag, inboundLogId }: ToldStatus, messageId: string | null, isInferred: boolean) {
  if (messageId === null) return []
  return [
    {
      message_id: messageId,
      kind: fact.status,
      ...(fact.member === undefined ? {} : { member: fact.member }),
      at: fact.at,
      error: fact.error,
      pricing: fact.pricing,
      conversation: fact.conversation,
      inbound_log_id: inboundLogId,
      external_id: fact.external_id,
      whatsapp_id: fact.whatsapp_id,
      attempt: tag?.attempt ?? null,
      is_inferred: isInferred,
    },
  ]
}

async function keepOrphans(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  orphans: readonly ToldStatus[],
): Promise<void> {
  const rows = orphans.map(({ fact, inboundLogId }) => ({
    number_id: numberId,
    external_id: fact.external_id,
    kind: fact.status,
    recipient: fact.member ?? '',
    fact: {
      at: fact.at?.toISOString() ?? null,
      error: fact.error,
      pricing: fact.pricing,
      conversation: fact.conversation,
      ...(fact.whatsapp_id === null ? {} : { whatsapp_id: fact.whatsapp_id }),
      ...(fact.member === undefined ? {} : { member: fact.member }),
    },
    inbound_log_id: inboundLogId,
  }))
  if (rows.length > 0) await insertOrphans(db, workspaceId, rows)
}

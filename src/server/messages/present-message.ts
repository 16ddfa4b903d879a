import type { Message, MessageError, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { describeError } from '../providers/index.ts'
import { type Amended, amended } from './amended-content.ts'
import type { MessageRow } from './message.ts'
import { previewOf } from './preview.ts'
import { selectAmendments } from './queries-amendments.ts'
import {
  type QuotedRow,
  type ReactionRow,
  type StatusRow,
  selectQuoted,
  selectReactions,
  selectSenderNames,
  selectStatuses,
} from './queries-presentation.ts'
import { describeStateCode } from './state-codes.ts'

/** A message in the contract's form. */
export async function presentMessage(db: Db, workspaceId: WorkspaceId, row: MessageRow): Promise<Message> {
  const [message] = await presentMessages(db, workspaceId, [row])
  if (message === undefined) throw new Error('One row went in, none came out.')
  return message
}

/** Messages in the order given, with what belongs to them: five look-ups, however many there are. */
export async function presentMessages(
  db: Db,
  workspaceId: WorkspaceId,
  rows: readonly MessageRow[],
): Promise<Message[]> {
  if (rows.length === 0) return []
  const statuses = groupBy(await selectStatuses(db, workspaceId, idsOf(rows)), (row) => row.message_id)
  const quotedRows = await selectQuoted(db, workspaceId, rows)
  const reactions = groupBy(await selectReactions(db, workspaceId, rows), (row) =>
    keyOf(row, row.target_external_id),
  )
  const names = await selectSenderNames(db, workspaceId, senderIds(rows))
  const amendments = groupBy(await selectAmendments(db, workspaceId, [...rows, ...quotedRows]), (row) =>
    keyOf(row, row.target_external_id),
  )
  const shownOf = (row: MessageRow | QuotedRow) =>
    amended(row, amendments.get(keyOf(row, row.external_id ?? '')) ?? [])
  const quoted = new Map(
    quotedRows.map((row) => [keyOf(row, row.quoted_as), { id: row.id, preview: previewAfter(shownOf(row)) }]),
  )
  return rows.map((row) => ({
    ...ownFields(row, shownOf(row)),
    statuses: (statuses.get(row.id) ?? []).map(presentStatus),
    quoted: quotedOf(row, quoted),
    reactions: reactionsOf(row, reactions),
    sent_by:
      row.sent_by === null ? null : { id: row.sent_by, name: names.get(row.sent_by) ?? 'Somebody who left' },
  }))
}

function presentStatus({
  kind,
  recipient,
  at,
  pricing,
  conversation,
}: StatusRow): Message['statuses'][number] {
  return {
    kind,
    at: at?.toISOString() ?? null,
    ...(recipient === '' ? {} : { member: recipient }),
    ...(pricing === null ? {} : { pricing }),
    ...(conversation === null ? {} : { conversation }),
  }
}

function ownFields(
  row: MessageRow,
  shown: Amended,
): Omit<Message, 'statuses' | 'quoted' | 'reactions' | 'sent_by'> {
  return {
    id: row.id,
    direction: row.direction,
    origin: row.origin,
    number_id: row.number_id,
    contact_id: row.contact_id,
    ...shown,
    preview: previewAfter(shown),
    status: row.status,
    external_message_id: row.external_id,
    template_id: row.template_id,
    list_id: row.list_id,
    error: presentMessageError(row),
    at: row.at.toISOString(),
  }
}

/** Why it failed or was left out, in words. The stored error of a message that later went through is not shown. */
export function presentMessageError({
  status,
  error_code: code,
  error,
}: Pick<MessageRow, 'status' | 'error_code' | 'error'>): MessageError | null {
  if (code === null) return null
  const own = describeStateCode(code, status)
  if (own) return { code, title: own.title, detail: null, reason: own.reason, advice: own.advice }
  if (status !== 'failed' && status !== 'skipped') return null
  const words = describeError(code)
  return {
    code,
    title: error?.title || words.title,
    detail: error?.detail ?? null,
    reason: words.reason,
    advice: words.advice,
  }
}

function previewAfter({ type, content, deleted_at }: Amended): string {
  return previewOf(deleted_at === null ? type : 'revoke', content)
}

function quotedOf(
  row: MessageRow,
  quoted: ReadonlyMap<string, Pick<NonNullable<Message['quoted']>, 'preview'> & { id: QuotedRow['id'] }>,
): Message['quoted'] {
  if (row.context_external_id === null) return null
  const found = quoted.get(keyOf(row, row.context_external_id))
  return {
    id: found?.id ?? null,
    external_message_id: row.context_external_id,
    preview: found?.preview ?? '',
  }
}

function reactionsOf(row: MessageRow, reactions: ReadonlyMap<string, ReactionRow[]>): Message['reactions'] {
  if (row.external_id === null) return []
  const found = reactions.get(keyOf(row, row.external_id)) ?? []
  return found.map(({ direction, emoji }) => ({ direction, emoji }))
}

function keyOf({ number_id }: { number_id: string }, externalId: string): string {
  return `${number_id}|${externalId}`
}

function idsOf(rows: readonly MessageRow[]): string[] {
  return rows.map((row) => row.id)
}

function senderIds(rows: readonly MessageRow[]): string[] {
  return [...new Set(rows.flatMap((row) => (row.sent_by === null ? [] : [row.sent_by])))]
}

function groupBy<Row>(rows: readonly Row[], keyOfRow: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = keyOfRow(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

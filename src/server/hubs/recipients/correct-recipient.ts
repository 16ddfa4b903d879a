import type { ListId, Recipient, RecipientId, UpdateRecipient, WorkspaceId } from '../../../contract/index.ts'
import { recordAudit } from '../../events/index.ts'
import { type Actor, type Ctx, type Db, ParleyError } from '../../platform/index.ts'
import { wrongState } from '../lists/change-list.ts'
import { judgeAct, type ListRow } from '../lists/list.ts'
import { updateRefused } from '../lists/queries.ts'
import { getLockedList } from '../lists/read-list.ts'
import { checkRow, createRowReader, type RowReader } from '../match/check-row.ts'
import { findTemplate } from '../match/find-template.ts'
import { presentRecipient } from './present-recipient.ts'
import { isPersonHeld, promoteDuplicates, type StoredRow, selectRowById, updateRow } from './queries.ts'

/**
 * Mends one row before the start and judges it anew. A phone that the row gives up goes to the first duplicate of it.
 * Throws list_state_wrong after the start, validation_failed for columns that are not there.
 */
export function correctRecipient(
  ctx: Ctx,
  actor: Actor,
  { listId, id, changes }: { listId: ListId; id: RecipientId; changes: UpdateRecipient },
): Promise<Recipient> {
  const { workspaceId } = actor
  return ctx.db.inWorkspace(workspaceId, async (tx) => {
    const list = await getLockedList(tx, workspaceId, listId)
    if (judgeAct('correct', list.state) !== 'do') throw wrongState('correct', list)
    const before = await selectRowById(tx, workspaceId, { listId, id })
    if (!before) throw new ParleyError('not_found', 'There is no such row.')
    const cells = applyChanges(list, before.cells, changes)
    const row = { ...before, cells, ...(await judge(tx, workspaceId, { list, id, cells })) }
    await updateRow(tx, workspaceId, { listId, row })
    const promoted = await promoteFreed(tx, workspaceId, { list, before, after: row })
    const refusedMore = Number(row.problem !== null) - Number(before.problem !== null) - promoted
    await updateRefused(tx, workspaceId, { listId, more: refusedMore })
    await recordAudit(tx, actor, {
      action: 'list.row_corrected',
      subject_id: listId,
      subject_name: list.name,
    })
    return presentRecipient(list, { ...row, ...notSentYet })
  })
}

const notSentYet = {
  message_id: null,
  status: null,
  error_code: null,
  error: null,
  contact_user_id: null,
  username: null,
}

/** Cells beyond the columns go: whoever mends the row has said what belongs where. */
function applyChanges(list: ListRow, cells: readonly string[], changes: UpdateRecipient): string[] {
  const mended = list.columns.map((_, index) => cells[index] ?? '')
  const wanted = Object.entries(changes.cells ?? {})
  const phoneColumn = (list.match ?? list.checked_match)?.phone
  if (changes.phone !== undefined) {
    if (!phoneColumn) throw invalid('phone', 'Match the phone column of the list first.')
    wanted.push([phoneColumn, changes.phone])
  }
  for (const [column, value] of wanted) {
    const index = list.columns.indexOf(column)
    if (index < 0) throw invalid(`cells.${column}`, `The file has no column "${column}".`)
    mended[index] = value.replaceAll('\0', '')
  }
  return mended
}

async function judge(
  db: Db,
  workspaceId: WorkspaceId,
  { list, id, cells }: { list: ListRow; id: string; cells: readonly string[] },
): Promise<Pick<StoredRow, 'phone' | 'user_id' | 'problem'>> {
  const reader = await readerOf(db, workspaceId, list)
  if (!reader) return { phone: null, user_id: null, problem: null }
  const verdict = checkRow(reader, cells)
  const person = verdict.phone ?? verdict.user_id
  if (person === null) return verdict
  const held = await isPersonHeld(db, workspaceId, { listId: list.id, person, except: id })
  return held ? { ...verdict, problem: 'duplicate' } : verdict
}

/** How many duplicates became recipients, because this row has another phone now. */
async function promoteFreed(
  db: Db,
  workspaceId: WorkspaceId,
  { list, before, after }: { list: ListRow; before: StoredRow; after: StoredRow },
): Promise<number> {
  const person = before.phone ?? before.user_id
  if (person === null || before.problem === 'duplicate' || person === (after.phone ?? after.user_id)) return 0
  const [promoted] = await promoteDuplicates(db, workspaceId, { listId: list.id, person })
  const row = promoted && (await selectRowById(db, workspaceId, { listId: list.id, id: promoted }))
  const reader = await readerOf(db, workspaceId, list)
  if (!row || !reader) return 0
  const { problem } = checkRow(reader, row.cells)
  if (problem === null) return 1
  await updateRow(db, workspaceId, { listId: list.id, row: { ...row, problem } })
  return 0
}

/** As the other rows of the list were judged; null while nobody knows which column is the phone. */
async function readerOf(
  db: Db,
  workspaceId: WorkspaceId,
  { columns, checked_match: match, hub_template_id }: ListRow,
): Promise<RowReader | null> {
  if (!match) return null
  const template = await findTemplate(db, workspaceId, match.template_id ?? hub_template_id)
  return createRowReader(columns, match, template)
}

function invalid(path: string, message: string): ParleyError {
  return new ParleyError('validation_failed', message, { fields: [{ path, message }] })
}

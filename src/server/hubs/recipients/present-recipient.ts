import {
  type ListState,
  messageId,
  type Recipient,
  type RecipientState,
  recipientId,
} from '../../../contract/index.ts'
import { presentMessageError } from '../../messages/index.ts'
import type { ListRow } from '../lists/list.ts'
import { phoneCellOf } from '../match/preview-row.ts'
import { presentProblem, skippedAtStart } from '../match/problem.ts'
import type { RecipientRow } from './read-queries.ts'

export function presentRecipient(list: ListRow, row: RecipientRow): Recipient {
  return {
    id: recipientId.parse(row.id),
    row_number: row.row_number,
    phone: row.phone,
    user_id: row.user_id ?? row.contact_user_id,
    username: row.username,
    cells: Object.fromEntries(list.columns.map((column, index) => [column, row.cells[index] ?? ''])),
    state: stateOf(row, list.state),
    problem: row.problem === null ? null : presentProblem(row.problem, phoneCellOf(list, row)),
    message_id: row.message_id === null ? null : messageId.parse(row.message_id),
    error: row.status === null ? null : presentMessageError({ ...row, status: row.status }),
  }
}

function stateOf(row: Pick<RecipientRow, 'problem' | 'status'>, listState: ListState): RecipientState {
  const code = row.problem?.split(':', 1)[0]
  if (code !== undefined) return skippedAtStart.some((reason) => reason === code) ? 'skipped' : 'problem'
  switch (row.status) {
    case null:
      return listState === 'cancelled' ? 'skipped' : 'waiting'
    case 'queued':
      return 'waiting'
    case 'accepted':
    case 'received':
      return 'sent'
    case 'held':
      return 'unknown'
    case 'cancelled':
    case 'expired':
      return 'skipped'
    default:
      return row.status
  }
}

import type { ListId, Recipient, WorkspaceId } from '../../../contract/index.ts'
import type { Ctx } from '../../platform/index.ts'
import { getList } from '../lists/read-list.ts'
import { presentRecipient } from './present-recipient.ts'
import type { RecipientFilter } from './read-queries.ts'
import { readRecipients } from './read-recipients.ts'

const pageSize = 1_000

export interface CsvExport {
  fileName: string
  lines: AsyncGenerator<string>
}

/** A list's rows with what became of them, as CSV, one page of rows in memory at a time. */
export async function exportRecipients(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  { listId, filter }: { listId: ListId; filter: RecipientFilter },
): Promise<CsvExport> {
  const list = await ctx.db.inWorkspace(workspaceId, (tx) => getList(tx, workspaceId, listId))
  async function* lines(): AsyncGenerator<string> {
    // The mark makes Excel read UTF-8.
    yield `\uFEFF${writeLine([...list.columns, 'parley_phone', 'parley_user_id', 'parley_username', 'parley_state', 'parley_reason_code', 'parley_reason'])}`
    let after: string | null = null
    do {
      const page = await ctx.db.inWorkspace(workspaceId, (tx) =>
        readRecipients(tx, workspaceId, { ...filter, list, after, limit: pageSize }),
      )
      yield page.rows.map((row) => writeRecipient(list.columns, presentRecipient(list, row))).join('')
      after = page.next
    } while (after !== null)
  }
  return { fileName: `${safeFileName(list.name)}.csv`, lines: lines() }
}

function writeRecipient(columns: readonly string[], recipient: Recipient): string {
  const why = recipient.problem
    ? [recipient.problem.code, recipient.problem.message]
    : [recipient.error?.code ?? '', recipient.error?.reason ?? '']
  return writeLine([
    ...columns.map((column) => recipient.cells[column] ?? ''),
    recipient.phone ?? '',
    recipient.user_id ?? '',
    recipient.username ?? '',
    recipient.state,
    ...why,
  ])
}

export function writeLine(cells: readonly string[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`
}

/** Spreadsheets run cells that begin like a formula (ASVS 1.2.10): an apostrophe makes them text. RFC 4180 quotes. */
export function writeCell(cell: string): string {
  const safe = /^[=+\-@\t\r\n\0＝＋－＠]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function safeFileName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80) || 'list'
}

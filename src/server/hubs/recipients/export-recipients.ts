import { Readable } from 'node:stream'
import type { ListId, Recipient, WorkspaceId } from '../../../contract/index.ts'
import { byteOrderMark, csvLine, safeFileName, writeXlsx } from '../../files/index.ts'
import type { Ctx } from '../../platform/index.ts'
import type { ListRow } from '../lists/list.ts'
import { getList } from '../lists/read-list.ts'
import { presentRecipient } from './present-recipient.ts'
import type { RecipientFilter } from './read-queries.ts'
import { readRecipients } from './read-recipients.ts'

const pageSize = 1_000

export type ExportFormat = 'csv' | 'xlsx'

export interface ListExport {
  fileName: string
  contentType: string
  body: Readable
}

/** A list's rows with what became of them as a file, written while it is read: one page of rows in memory at a time. */
export async function exportRecipients(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  { listId, filter, format }: { listId: ListId; filter: RecipientFilter; format: ExportFormat },
): Promise<ListExport> {
  const list = await ctx.db.inWorkspace(workspaceId, (tx) => getList(tx, workspaceId, listId))
  const pages = readPages(ctx, list, filter)
  const fileName = `${safeFileName(list.name, 'list')}.${format}`
  if (format === 'csv')
    return {
      fileName,
      contentType: 'text/csv; charset=utf-8',
      body: Readable.from(csvOf(headingsOf(list), pages)),
    }
  return {
    fileName,
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: writeXlsx(list.name, headingsOf(list), rowsOf(pages)),
  }
}

async function* csvOf(
  headings: readonly string[],
  pages: AsyncIterable<readonly string[][]>,
): AsyncGenerator<string> {
  yield `${byteOrderMark}${csvLine(headings)}`
  for await (const rows of pages) yield rows.map(csvLine).join('')
}

async function* rowsOf(pages: AsyncIterable<readonly string[][]>): AsyncGenerator<string[]> {
  for await (const rows of pages) yield* rows
}

async function* readPages(ctx: Ctx, list: ListRow, filter: RecipientFilter): AsyncGenerator<string[][]> {
  const { workspace_id: workspaceId } = list
  let after: string | null = null
  do {
    const page = await ctx.db.inWorkspace(workspaceId, (tx) =>
      readRecipients(tx, workspaceId, { ...filter, list, after, limit: pageSize }),
    )
    yield page.rows.map((row) => cellsOf(list.columns, presentRecipient(list, row)))
    after = page.next
  } while (after !== null)
}

function headingsOf(list: ListRow): string[] {
  const own = ['phone', 'user_id', 'username', 'state', 'reason_code', 'reason']
  return [...list.columns, ...own.map((name) => `parley_${name}`)]
}

function cellsOf(columns: readonly string[], recipient: Recipient): string[] {
  const why = recipient.problem
    ? [recipient.problem.code, recipient.problem.message]
    : [recipient.error?.code ?? '', recipient.error?.reason ?? '']
  return [
    ...columns.map((column) => recipient.cells[column] ?? ''),
    recipient.phone ?? '',
    recipient.user_id ?? '',
    recipient.username ?? '',
    recipient.state,
    ...why,
  ]
}

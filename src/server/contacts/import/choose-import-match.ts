import type { ContactImport, ContactImportId, ContactImportMatch } from '../../../contract/index.ts'
import { type Actor, type Ctx, ParleyError } from '../../platform/index.ts'
import { checkImport } from './check-import.ts'
import { checkImportJob } from './contact-import.ts'
import { lockImport, updateMatch } from './queries.ts'
import { foundImport, readImport } from './read-import.ts'

/** Judged before the answer; more rows take a job. */
const rowsAtOnceMax = 20_000

/**
 * Says which column is what; every row is judged anew. Throws validation_failed for columns that are not in the file,
 * import_state_wrong after the start.
 */
export async function chooseImportMatch(
  ctx: Ctx,
  actor: Actor,
  { id, match }: { id: ContactImportId; match: ContactImportMatch },
): Promise<ContactImport> {
  const { workspaceId } = actor
  const { version, rows } = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const row = foundImport(await lockImport(tx, workspaceId, id))
    if (row.state !== 'ready' && row.state !== 'checking')
      throw new ParleyError('import_state_wrong', 'The columns can be matched until the import is started.')
    refuseUnknownColumns(match, row.columns)
    await updateMatch(tx, workspaceId, id, match)
    return { version: row.version + 1, rows: row.rows }
  })
  if (rows <= rowsAtOnceMax) await checkImport(ctx, { workspaceId, id, version })
  else {
    const data = { workspace_id: workspaceId, import_id: id, version }
    await ctx.jobs.add(checkImportJob, data, { jobId: `${id}-${version}` })
  }
  return readImport(ctx, workspaceId, id)
}

function refuseUnknownColumns(match: ContactImportMatch, columns: readonly string[]): void {
  const named = [
    ['phone', match.phone],
    ['user_id', match.user_id],
    ...match.name.map((column, index) => [`name[${index}]`, column] as const),
    ...Object.entries(match.attributes).map(([key, column]) => [`attributes.${key}`, column] as const),
    ['opt_out.column', match.opt_out?.column],
  ] as const
  const fields = named.flatMap(([path, column]) =>
    column === undefined || columns.includes(column)
      ? []
      : [{ path, message: `The file has no column "${column}".` }],
  )
  const [first] = fields
  if (first) throw new ParleyError('validation_failed', first.message, { fields })
}

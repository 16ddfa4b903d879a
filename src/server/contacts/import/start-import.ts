import type { ContactImport, ContactImportId } from '../../../contract/index.ts'
import { recordAudit } from '../../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../../platform/index.ts'
import { type ContactImportRow, runImportJob } from './contact-import.ts'
import { lockImport, moveImport } from './queries.ts'
import { foundImport, readImport } from './read-import.ts'

/** Once, however often it is pressed. Throws import_state_wrong when there is nothing to be started. */
export async function startImport(ctx: Ctx, actor: Actor, id: ContactImportId): Promise<ContactImport> {
  const { workspaceId } = actor
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const row = foundImport(await lockImport(tx, workspaceId, id))
    if (row.state === 'running' || row.state === 'finished') return
    refuseUnready(row)
    await moveImport(tx, workspaceId, id, { from: ['ready'], to: 'running', at: ctx.clock.now() })
    await recordAudit(tx, actor, {
      action: 'contacts.imported',
      subject_id: id,
      subject_name: row.file_name,
      after: { rows: row.rows - row.rows_refused, match: row.match },
    })
  })
  await ctx.jobs.add(runImportJob, { workspace_id: workspaceId, import_id: id }, { jobId: id })
  return readImport(ctx, workspaceId, id)
}

function refuseUnready({ state, match, rows, rows_refused }: ContactImportRow): void {
  const why =
    state === 'checking'
      ? 'The file is still being read.'
      : state !== 'ready'
        ? 'The import is over.'
        : match === null
          ? 'Say first which column has the phones or user ids.'
          : rows === rows_refused
            ? 'No row can be taken: correct the file or the match.'
            : null
  if (why !== null) throw new ParleyError('import_state_wrong', why)
}

import {
  type ContactImport,
  type ContactImportMatch,
  type ContactImportState,
  contactImportId,
  type WorkspaceId,
} from '../../../contract/index.ts'

export interface ContactImportRow {
  workspace_id: WorkspaceId
  id: string
  state: ContactImportState
  file_name: string
  file_key: string | null
  columns: string[]
  sample: string[][]
  suggested_match: ContactImportMatch | null
  match: ContactImportMatch | null
  version: number
  rows: number
  rows_refused: number
  rows_known: number
  rows_done: number
  created_count: number
  updated_count: number
  progress: number
  error: string | null
  created_by: string
  created_at: Date
  started_at: Date | null
  finished_at: Date | null
}

export const checkImportJob = 'contacts.check-import'
export const runImportJob = 'contacts.run-import'

export function presentImport(row: ContactImportRow): ContactImport {
  return {
    id: contactImportId.parse(row.id),
    state: row.state,
    file_name: row.file_name,
    columns: row.columns,
    sample: row.sample,
    suggested_match: row.suggested_match,
    match: row.match,
    rows: row.rows,
    rows_refused: row.rows_refused,
    rows_known: row.rows_known,
    rows_done: row.rows_done,
    created: row.created_count,
    updated: row.updated_count,
    progress: row.progress,
    error: row.error,
    created_at: row.created_at.toISOString(),
    started_at: row.started_at?.toISOString() ?? null,
    finished_at: row.finished_at?.toISOString() ?? null,
  }
}

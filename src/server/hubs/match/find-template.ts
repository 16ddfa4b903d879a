import type { WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'
import { getTemplate, type TemplateRow } from '../../templates/index.ts'

/** The template of a list, which is its hub's where it has none of its own. */
export async function findTemplate(
  db: Db,
  workspaceId: WorkspaceId,
  id: string | null,
): Promise<TemplateRow | null> {
  return id === null ? null : getTemplate(db, workspaceId, id)
}

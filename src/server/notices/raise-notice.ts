import { type NoticeKind, noticeKinds, type WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { closeNotices, insertNotice, supersedeNotice, updateParams } from './queries.ts'

export interface OpenNotice {
  kind: NoticeKind
  /** Left out for the workspace as a whole. */
  subject_id?: string
  subject_name?: string
  /** Which of several of this kind that the subject can have at a time; left out where there is one. */
  aspect?: string
  /** What its words need: names, times, numbers. No contents of messages. */
  params?: Record<string, unknown>
  /** When its cause ends by itself. */
  expires_at?: Date | null
  at: Date
}

/**
 * Puts a notice into the bell. Call it in the transaction of what it tells of, once for each time it happens. A condition
 * that stands already is not told again in the same words; anything else takes the place of what was told before. Answers
 * whether there is something new to see.
 */
export async function raiseNotice(db: Db, workspaceId: WorkspaceId, notice: OpenNotice): Promise<boolean> {
  const row = {
    kind: notice.kind,
    subject_id: notice.subject_id ?? '',
    subject_name: notice.subject_name ?? '',
    aspect: notice.aspect ?? '',
    params: notice.params ?? {},
    expires_at: notice.expires_at ?? null,
    created_at: notice.at,
  }
  const mayStay = noticeKinds[notice.kind].standing
  await supersedeNotice(db, workspaceId, { ...row, mayStay })
  return await insertNotice(db, workspaceId, row)
}

/** The notice that stands says something else from now on; whoever has seen it isn't called again. */
export async function rewordNotice(
  db: Db,
  workspaceId: WorkspaceId,
  {
    kind,
    subject_id = '',
    aspect = '',
    params,
  }: Pick<OpenNotice, 'kind' | 'subject_id' | 'aspect'> & { params: Record<string, unknown> },
): Promise<void> {
  await updateParams(db, workspaceId, { kind, subject_id, aspect, params })
}

/**
 * The cause is gone: notices of these kinds about the subject stand no longer, of one aspect or, without, of all. Answers
 * whether there were any.
 */
export async function resolveNotices(
  db: Db,
  workspaceId: WorkspaceId,
  {
    kinds,
    subject_id = '',
    aspect = '',
  }: { kinds: readonly NoticeKind[]; subject_id?: string; aspect?: string },
): Promise<boolean> {
  return await closeNotices(db, workspaceId, { kinds, subject_id, aspect })
}

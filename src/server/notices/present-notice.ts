import { type Flag, type Notice, noticeId, noticeKind, noticeKinds } from '../../contract/index.ts'
import type { NoticeRow } from './queries.ts'

export function presentNotice(row: NoticeRow & { read: boolean }): Notice {
  const kind = noticeKind.parse(row.kind)
  const { severity, subject } = noticeKinds[kind]
  return {
    id: noticeId.parse(row.id),
    kind,
    severity,
    subject,
    subject_id: row.subject_id,
    subject_name: row.subject_name,
    params: row.params,
    created_at: row.created_at.toISOString(),
    resolved_at: row.resolved_at?.toISOString() ?? null,
    read: row.read,
  }
}

export function presentFlag(row: NoticeRow): Flag {
  const kind = noticeKind.parse(row.kind)
  return {
    kind,
    severity: noticeKinds[kind].severity,
    subject_id: row.subject_id,
    params: row.params,
    since: row.created_at.toISOString(),
    until: row.expires_at?.toISOString() ?? null,
  }
}

import {
  type Flag,
  type Notice,
  type NoticeKind,
  noticeId,
  noticeKind,
  noticeKinds,
} from '../../contract/index.ts'
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
    until: endOf(kind, row.expires_at),
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
    aspect: row.aspect,
    params: row.params,
    since: row.created_at.toISOString(),
    until: endOf(kind, row.expires_at),
  }
}

/** What only fades has no end that anybody was told. */
function endOf(kind: NoticeKind, expiresAt: Date | null): string | null {
  return 'fades' in noticeKinds[kind] ? null : (expiresAt?.toISOString() ?? null)
}

import {
  type ApiKey,
  apiKey,
  type Invitation,
  invitation,
  type Member,
  member,
  type Session,
  session,
} from '../../contract/index.ts'
import type { InvitationRow, MemberRow } from './queries.ts'
import type { ApiKeyRow } from './queries-api-keys.ts'
import type { SessionRow } from './queries-sessions.ts'

export function presentMember(row: MemberRow): Member {
  return member.parse({ ...row, created_at: row.created_at.toISOString() })
}

export function presentInvitation(row: InvitationRow): Invitation {
  return invitation.parse({
    id: row.id,
    email: row.email,
    role: row.role,
    created_at: row.created_at.toISOString(),
    link_expires_at: row.link_expires_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
  })
}

export function presentApiKey(row: ApiKeyRow): ApiKey {
  return apiKey.parse({
    ...row,
    created_at: row.created_at.toISOString(),
    last_used_at: row.last_used_at?.toISOString() ?? null,
    revoked_at: row.revoked_at?.toISOString() ?? null,
  })
}

export function presentSession({ is_current, ...row }: SessionRow): Session {
  return session.parse({
    ...row,
    current: is_current,
    created_at: row.created_at.toISOString(),
    last_seen_at: row.last_seen_at.toISOString(),
  })
}

import { type Membership, membership, type Scope, scopes } from '../../contract/index.ts'
import type { Actor } from '../platform/index.ts'
import type { SignedInRow } from './queries-sessions.ts'

export const allScopes: Scope[] = [...scopes]

/** A person with a living session. */
export interface SignedIn {
  sessionId: string
  person: { id: string; email: string; name: string }
  memberships: Membership[]
  /** The workspace this browser looks at; null when the person belongs to none. */
  current: Membership | null
}

export function signedInFrom(row: SignedInRow): SignedIn {
  const memberships = row.memberships.map((entry) => membership.parse(entry))
  const chosen = memberships.find((entry) => entry.workspace_id === row.session_workspace_id)
  return {
    sessionId: row.session_id,
    person: { id: row.person_id, email: row.email, name: row.person_name },
    memberships,
    current: chosen ?? memberships[0] ?? null,
  }
}

/** The person as actor in one of their workspaces. */
export function actorIn(person: SignedIn['person'], { workspace_id, role }: Membership): Actor {
  return {
    kind: 'person',
    id: person.id,
    workspaceId: workspace_id,
    role,
    scopes: allScopes,
    name: person.name,
  }
}

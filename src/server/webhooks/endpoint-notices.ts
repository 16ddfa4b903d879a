import type { WorkspaceId } from '../../contract/index.ts'
import { raiseNotice, resolveNotices } from '../notices/index.ts'
import type { Db } from '../platform/index.ts'
import type { EndpointHealth } from './queries-health.ts'

type Turn = Pick<
  EndpointHealth,
  'enabled' | 'wasEnabled' | 'isResting' | 'wasResting' | 'daysFailing' | 'daysFailed'
>

/** Whether the last attempts changed how it stands, and not just its counts. */
export function hasTurned(now: Turn): boolean {
  return (
    now.enabled !== now.wasEnabled || now.isResting !== now.wasResting || now.daysFailing !== now.daysFailed
  )
}

/**
 * Tells the workspace when an endpoint begins to fail, has failed for a day and for three, is disabled, or is back; nothing
 * while it stays as it was.
 */
export async function tellOfHealth(db: Db, health: EndpointHealth, at: Date): Promise<void> {
  if (!hasTurned(health)) return
  const { workspace_id: workspaceId, id, name, enabled, isResting, daysFailing } = health
  const subject = { subject_id: id, subject_name: name, at }
  if (!enabled) {
    await resolveNotices(db, workspaceId, { kinds: ['endpoint_failing'], subject_id: id })
    await raiseNotice(db, workspaceId, { kind: 'endpoint_disabled', ...subject })
  } else if (daysFailing > 0) {
    await raiseNotice(db, workspaceId, {
      kind: 'endpoint_failing',
      ...subject,
      params: { days: daysFailing },
    })
  } else if (isResting) {
    await raiseNotice(db, workspaceId, { kind: 'endpoint_failing', ...subject })
  } else {
    await resolveNotices(db, workspaceId, { kinds: ['endpoint_failing'], subject_id: id })
  }
}

/** A person has taken it into their hands, or deleted it. */
export async function resolveEndpointNotices(db: Db, workspaceId: WorkspaceId, id: string): Promise<void> {
  await resolveNotices(db, workspaceId, { kinds: ['endpoint_failing', 'endpoint_disabled'], subject_id: id })
}

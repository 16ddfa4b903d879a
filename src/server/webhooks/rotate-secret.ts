import type { AuditAction, Endpoint, EndpointId, RotateSecret } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, type Db, ParleyError } from '../platform/index.ts'
import { presentEndpoint } from './present-endpoint.ts'
import {
  dropPreviousSecretRow,
  type EndpointRow,
  rotateSecretRow,
  selectEndpoint,
} from './queries-endpoints.ts'
import { newSecret, openSecrets, sealSecret } from './secret.ts'

const overlapHoursUsual = 24

/**
 * Makes a new secret, shown in this answer only. For the hours asked for deliveries carry both signatures, so that a
 * receiver may change over when it likes. Errors: `not_found`.
 */
export async function rotateSecret(
  ctx: Ctx,
  actor: Actor,
  id: EndpointId,
  input?: RotateSecret,
): Promise<Endpoint> {
  const secret = newSecret(ctx)
  const overlapHours = input?.overlap_hours ?? overlapHoursUsual
  return changeSecret(ctx, actor, { id, action: 'endpoint.secret_rotated', secret }, async (tx, row) => {
    const [current] = openSecrets(ctx, { ...row, previous_secret_sealed: null })
    if (current === undefined) throw new ParleyError('internal', 'The endpoint has no secret.')
    await rotateSecretRow(tx, actor.workspaceId, id, {
      secretSealed: sealSecret(ctx, id, secret),
      previousSealed: sealSecret(ctx, id, current),
      previousHours: overlapHours,
    })
  })
}

/** Ends the overlap after a rotation at once: only the new secret signs. Errors: `not_found`. */
export async function endRotation(ctx: Ctx, actor: Actor, id: EndpointId): Promise<Endpoint> {
  return changeSecret(ctx, actor, { id, action: 'endpoint.rotation_ended' }, (tx) =>
    dropPreviousSecretRow(tx, actor.workspaceId, id),
  )
}

async function changeSecret(
  ctx: Ctx,
  actor: Actor,
  { id, action, secret }: { id: EndpointId; action: AuditAction; secret?: string },
  change: (tx: Db, row: EndpointRow) => Promise<void>,
): Promise<Endpoint> {
  const { workspaceId } = actor
  return ctx.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectEndpoint(tx, workspaceId, id)
    if (row === null) throw new ParleyError('not_found', 'There is no such endpoint.')
    await change(tx, row)
    await recordAudit(tx, actor, { action, subject_id: id, subject_name: row.destination_url })
    return presentEndpoint((await selectEndpoint(tx, workspaceId, id)) ?? row, secret)
  })
}

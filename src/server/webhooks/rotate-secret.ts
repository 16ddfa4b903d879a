import type { Endpoint, EndpointId } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { presentEndpoint } from './present-endpoint.ts'
import { rotateSecretRow, selectEndpoint } from './queries-endpoints.ts'
import { newSecret, openSecrets, sealSecret } from './secret.ts'

const overlapHours = 24

/** Makes a new secret, shown in this answer only. For 24 hours deliveries carry both signatures. */
export async function rotateSecret(ctx: Ctx, actor: Actor, id: EndpointId): Promise<Endpoint> {
  const secret = newSecret(ctx)
  return ctx.db.inWorkspace(actor.workspaceId, async (tx) => {
    const row = await selectEndpoint(tx, actor.workspaceId, id)
    if (row === null) throw new ParleyError('not_found', 'There is no such endpoint.')
    const [current] = openSecrets(ctx, { ...row, previous_secret_sealed: null })
    if (current === undefined) throw new ParleyError('internal', 'The endpoint has no secret.')
    await rotateSecretRow(tx, actor.workspaceId, id, {
      secretSealed: sealSecret(ctx, id, secret),
      previousSealed: sealSecret(ctx, id, current),
      previousHours: overlapHours,
    })
    await recordAudit(tx, actor, {
      action: 'endpoint.secret_rotated',
      subject_id: id,
      subject_name: row.destination_url,
    })
    return presentEndpoint(row, secret)
  })
}

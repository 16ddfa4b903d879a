import type { Endpoint, EndpointId, UpdateEndpoint } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { checkDestination } from './check-destination.ts'
import { resolveEndpointNotices } from './endpoint-notices.ts'
import { warningOf } from './endpoint-warning.ts'
import { presentEndpoint } from './present-endpoint.ts'
import { clearFailures, type EndpointChange, selectEndpoint, updateEndpointRow } from './queries-endpoints.ts'

/** Errors: `not_found`, `destination_refused`. Enabling it again clears the reason it was disabled for. */
export async function updateEndpoint(
  ctx: Ctx,
  actor: Actor,
  id: EndpointId,
  input: UpdateEndpoint,
): Promise<Endpoint> {
  if (input.destination_url !== undefined) await checkDestination(ctx, input.destination_url)
  return ctx.db.inWorkspace(actor.workspaceId, async (tx) => {
    const before = await selectEndpoint(tx, actor.workspaceId, id)
    if (before === null) throw new ParleyError('not_found', 'There is no such endpoint.')
    const change: EndpointChange = Object.fromEntries(
      Object.entries(input).filter(([, value]) => value !== undefined),
    )
    await updateEndpointRow(tx, actor.workspaceId, id, change)
    if (input.enabled === true) await clearFailures(tx, actor.workspaceId, id)
    if (input.enabled !== undefined) await resolveEndpointNotices(tx, actor.workspaceId, id)
    await recordAudit(tx, actor, {
      action: 'endpoint.updated',
      subject_id: id,
      subject_name: before.destination_url,
      before: { destination_url: before.destination_url, events: before.events, enabled: before.enabled },
      after: input,
    })
    const after = (await selectEndpoint(tx, actor.workspaceId, id)) ?? before
    return { ...presentEndpoint(after), ...(await warningOf(tx, actor.workspaceId, after)) }
  })
}

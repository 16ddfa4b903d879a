import type { EndpointId } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { resolveEndpointNotices } from './endpoint-notices.ts'
import { deleteEndpointRow, selectEndpoint } from './queries-endpoints.ts'

/** Takes its deliveries and their log with it; what is under way ends without a further attempt. */
export async function deleteEndpoint(ctx: Ctx, actor: Actor, id: EndpointId): Promise<void> {
  await ctx.db.inWorkspace(actor.workspaceId, async (tx) => {
    const endpoint = await selectEndpoint(tx, actor.workspaceId, id)
    if (endpoint === null) throw new ParleyError('not_found', 'There is no such endpoint.')
    await deleteEndpointRow(tx, actor.workspaceId, id)
    await resolveEndpointNotices(tx, actor.workspaceId, id)
    await recordAudit(tx, actor, {
      action: 'endpoint.deleted',
      subject_id: id,
      subject_name: endpoint.destination_url,
      before: { events: endpoint.events, format: endpoint.format },
    })
  })
}

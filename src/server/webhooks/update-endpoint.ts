import type { Endpoint, EndpointId, UpdateEndpoint } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { checkDestination } from './check-destination.ts'
import { checkNumber } from './check-number.ts'
import { resolveEndpointNotices } from './endpoint-notices.ts'
import { warningOf } from './endpoint-warning.ts'
import { presentEndpoint } from './present-endpoint.ts'
import {
  bringForward,
  clearFailures,
  type EndpointChange,
  type EndpointRow,
  selectEndpoint,
  updateEndpointRow,
} from './queries-endpoints.ts'

/**
 * Enabled again, or given another address, it begins anew: failures of before are not held against it, and what waits
 * for a later attempt is tried at once. Errors: `not_found`, `destination_refused`,
 * `validation_failed` for a foreign number.
 */
export async function updateEndpoint(
  ctx: Ctx,
  actor: Actor,
  id: EndpointId,
  input: UpdateEndpoint,
): Promise<Endpoint> {
  const url = input.destination_url
  const opened = url === undefined ? {} : await checkDestination(ctx, url)
  const saved = await ctx.db.inWorkspace(actor.workspaceId, async (tx) => {
    const before = await selectEndpoint(tx, actor.workspaceId, id)
    if (before === null) throw new ParleyError('not_found', 'There is no such endpoint.')
    await checkNumber(tx, actor.workspaceId, input.number_id)
    const change: EndpointChange = Object.fromEntries(
      Object.entries(input).filter(([, value]) => value !== undefined),
    )
    await updateEndpointRow(tx, actor.workspaceId, id, change)
    const isMended = beginsAnew(before, input)
    if (isMended) {
      await clearFailures(tx, actor.workspaceId, id)
      await bringForward(tx, actor.workspaceId, id)
    }
    if (isMended || input.enabled !== undefined) await resolveEndpointNotices(tx, actor.workspaceId, id)
    await recordAudit(tx, actor, {
      action: 'endpoint.updated',
      subject_id: id,
      subject_name: before.destination_url,
      before: { destination_url: before.destination_url, events: before.events, enabled: before.enabled },
      after: { ...input, ...opened },
    })
    const after = (await selectEndpoint(tx, actor.workspaceId, id)) ?? before
    return { ...presentEndpoint(after), ...(await warningOf(tx, actor.workspaceId, after)) }
  })
  ctx.wake.signal('webhooks')
  return saved
}

function beginsAnew(before: EndpointRow, { enabled, destination_url: url }: UpdateEndpoint): boolean {
  if (!(enabled ?? before.enabled)) return false
  return enabled === true || (url !== undefined && url !== before.destination_url)
}

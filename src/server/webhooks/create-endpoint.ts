import type { CreateEndpoint, Endpoint } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { checkDestination } from './check-destination.ts'
import { checkNumber } from './check-number.ts'
import { warningOf } from './endpoint-warning.ts'
import { presentEndpoint } from './present-endpoint.ts'
import { countEndpoints, insertEndpoint, selectEndpoint } from './queries-endpoints.ts'
import { newSecret, sealSecret } from './secret.ts'

/** Each event is looked at for each endpoint: a limit that nobody meets who does not make them by mistake. */
const endpointsMax = 100

/**
 * Errors: `destination_refused` for addresses inside the network, `validation_failed` for a foreign number, `conflict` when
 * the workspace has as many endpoints as it may have.
 */
export async function createEndpoint(ctx: Ctx, actor: Actor, input: CreateEndpoint): Promise<Endpoint> {
  const opened = await checkDestination(ctx, input.destination_url)
  const id = ctx.random.id('whe')
  const secret = newSecret(ctx)
  return ctx.db.inWorkspace(actor.workspaceId, async (tx) => {
    if ((await countEndpoints(tx, actor.workspaceId)) >= endpointsMax) {
      const message = `A workspace has at most ${endpointsMax} endpoints. Delete one that is not needed any more.`
      throw new ParleyError('conflict', message)
    }
    await checkNumber(tx, actor.workspaceId, input.number_id)
    await insertEndpoint(tx, actor.workspaceId, {
      id,
      name: input.name ?? new URL(input.destination_url).host,
      destination_url: input.destination_url,
      events: input.events,
      number_id: input.number_id ?? null,
      format: input.format,
      rate_per_second: input.rate_per_second ?? null,
      ordered: input.ordered ?? false,
      secret_sealed: sealSecret(ctx, id, secret),
    })
    await recordAudit(tx, actor, {
      action: 'endpoint.created',
      subject_id: id,
      subject_name: input.destination_url,
      after: { events: input.events, format: input.format, number_id: input.number_id ?? null, ...opened },
    })
    const row = await selectEndpoint(tx, actor.workspaceId, id)
    if (row === null) throw new ParleyError('internal', 'The endpoint was not stored.')
    return { ...presentEndpoint(row, secret), ...(await warningOf(tx, actor.workspaceId, row)) }
  })
}

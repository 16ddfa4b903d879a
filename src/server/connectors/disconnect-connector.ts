import type { Connector, ConnectorId } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { readFlags } from '../notices/index.ts'
import { type Actor, ParleyError } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { forgetConnections } from './open-connection.ts'
import { presentConnector } from './present-connector.ts'
import { selectConnector, updateConnectorStatus } from './queries.ts'
import { disconnectNumbers, selectNumbersOf } from './queries-numbers.ts'

/** Stops sending through a connector at once; its history stays. Disconnecting twice changes nothing. */
export async function disconnectConnector(ctx: ServerCtx, actor: Actor, id: ConnectorId): Promise<Connector> {
  const { workspaceId } = actor
  const presented = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const before = await selectConnector(tx, workspaceId, id)
    if (before === null) throw new ParleyError('not_found', 'There is no such connector.')
    if (before.status !== 'DISCONNECTED') {
      await updateConnectorStatus(tx, workspaceId, id, 'DISCONNECTED')
      await disconnectNumbers(tx, workspaceId, id)
      await recordAudit(tx, actor, {
        action: 'connector.disconnected',
        subject_id: id,
        subject_name: before.name,
        before: { status: before.status },
        after: { status: 'DISCONNECTED' },
      })
    }
    const after = await selectConnector(tx, workspaceId, id)
    const numbers = await selectNumbersOf(tx, workspaceId, [id])
    const flags = await readFlags(tx, workspaceId, [id, ...numbers.map((number) => number.id)])
    return presentConnector(ctx, actor, after ?? before, numbers, flags)
  })
  forgetConnections(ctx)
  ctx.live.changed(workspaceId, { topic: 'connector', id })
  return presented
}

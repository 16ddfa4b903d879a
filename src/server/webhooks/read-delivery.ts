import type { DeliveryDetail, DeliveryId, WorkspaceId } from '../../contract/index.ts'
import { type Ctx, type Db, ParleyError } from '../platform/index.ts'
import { formatBody } from './formats/format-body.ts'
import { presentDeliveryDetail } from './present-endpoint.ts'
import { type DeliveryDetailRow, selectAttempts, selectDelivery } from './queries-deliveries.ts'
import { selectEventSources } from './queries-sources.ts'

/** A delivery with what it sends and what was answered. */
export async function readDelivery(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  id: DeliveryId,
): Promise<DeliveryDetail> {
  return ctx.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectDelivery(tx, workspaceId, id)
    if (row === null) throw new ParleyError('not_found', 'There is no such delivery.')
    const [attempts, text] = [await selectAttempts(tx, workspaceId, row.id), await textOf(tx, row)]
    return presentDeliveryDetail(row, { attempts, text })
  })
}

async function textOf(db: Db, row: DeliveryDetailRow): Promise<string | null> {
  if (row.body !== null || row.format === 'normalized') return row.body
  const source = (await selectEventSources(db, [row])).get(row.event_id)
  return source === undefined ? null : formatBody(row.format, source)
}

import type { DeliveryDetail, DeliveryId, WorkspaceId } from '../../contract/index.ts'
import { type Ctx, type Db, ParleyError } from '../platform/index.ts'
import { formatBody } from './formats/format-body.ts'
import { isObject } from './formats/read-json.ts'
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
    const [attempts, body] = [await selectAttempts(tx, workspaceId, row.id), await bodyOf(tx, row)]
    return presentDeliveryDetail(row, { attempts, body })
  })
}

async function bodyOf(db: Db, row: DeliveryDetailRow): Promise<Record<string, unknown> | null> {
  if (row.payload !== null) return row.payload
  const source = (await selectEventSources(db, [row])).get(row.event_id)
  const text = source === undefined ? null : formatBody(row.format, source)
  const body: unknown = text === null ? null : JSON.parse(text)
  return isObject(body) ? body : null
}

import type { Connector, ConnectorId } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { readFlags, resolveNotices } from '../notices/index.ts'
import { type Actor, ParleyError } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { alreadyConnected } from './already-connected.ts'
import { checkCredentials, refuseUnreachable } from './check-credentials.ts'
import { checkGupshup } from './check-gupshup.ts'
import type { ConnectorRow, NumberRow } from './connector.ts'
import { numberValues } from './number-values.ts'
import { forgetConnections, gupshupConnectionOf, metaConnectionOf } from './open-connection.ts'
import { presentConnector } from './present-connector.ts'
import { selectConnector, updateConnectorStatus } from './queries.ts'
import { connectNumber, type NumberValues, selectNumbersOf } from './queries-numbers.ts'
import { requestTemplateSync } from './request-template-sync.ts'

/**
 * Takes up a connector again with the credentials it has, after checking them anew. Throws connector_check_failed,
 * number_already_connected when a number was connected elsewhere meanwhile.
 */
export async function reconnectConnector(ctx: ServerCtx, actor: Actor, id: ConnectorId): Promise<Connector> {
  const { workspaceId } = actor
  const { row, numbers } = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectConnector(tx, workspaceId, id)
    if (row === null) throw new ParleyError('not_found', 'There is no such connector.')
    return { row, numbers: await selectNumbersOf(tx, workspaceId, [id]) }
  })
  // Its number was connected anew, through another connector.
  if (numbers.length === 0) throw alreadyConnected()
  const readings =
    row.provider === 'gupshup' ? await checkAgain(ctx, row, numbers) : await readAgain(ctx, row, numbers)
  const presented = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    await updateConnectorStatus(tx, workspaceId, id, 'ACTIVE')
    await resolveNotices(tx, workspaceId, { kinds: ['account_disconnected'], subject_id: id })
    for (const { number, values } of readings) {
      if (number.connected) continue
      const { phone_number_id } = number
      const connected = await connectNumber(tx, workspaceId, {
        id: number.id,
        connector_id: id,
        phone_number_id,
        ...values,
      })
      if (connected === null) throw alreadyConnected()
    }
    await recordAudit(tx, actor, {
      action: 'connector.reconnected',
      subject_id: id,
      subject_name: row.name,
      before: { status: row.status },
      after: { status: 'ACTIVE' },
    })
    const after = await selectConnector(tx, workspaceId, id)
    const numbers = await selectNumbersOf(tx, workspaceId, [id])
    const flags = await readFlags(tx, workspaceId, [id, ...numbers.map((number) => number.id)])
    return presentConnector(ctx, actor, after ?? row, numbers, flags)
  })
  forgetConnections(ctx)
  await requestTemplateSync(ctx, workspaceId, id)
  ctx.live.changed(workspaceId, { topic: 'connector', id })
  ctx.live.changed(workspaceId, { topic: 'notice', id })
  return presented
}

interface Reading {
  number: NumberRow
  values: NumberValues
}

async function readAgain(
  ctx: ServerCtx,
  row: ConnectorRow,
  numbers: readonly NumberRow[],
): Promise<Reading[]> {
  const { meta } = ctx.providers
  const connection = metaConnectionOf(ctx, row)
  const readings: Reading[] = []
  for (const number of numbers) {
    const account = await checkCredentials(meta, connection, number.phone_number_id)
    const subscribed = await meta.subscribeApp(connection, account.waba_id)
    if (!subscribed.ok) refuseUnreachable(subscribed.error)
    readings.push({ number, values: numberValues(account.number) })
  }
  return readings
}

/** Gupshup tells nothing about a number: what is known of it stays. */
async function checkAgain(
  ctx: ServerCtx,
  row: ConnectorRow,
  numbers: readonly NumberRow[],
): Promise<Reading[]> {
  const connection = gupshupConnectionOf(ctx, row)
  return await Promise.all(
    numbers.map(async (number) => {
      await checkGupshup(ctx.providers.gupshup, connection, number.phone_number_id)
      const { display_phone_number, phone, verified_name, messaging_limit, throughput } = number
      const { quality_rating, pace_limit_per_second } = number
      const known = { display_phone_number, phone, verified_name, messaging_limit, throughput }
      return { number, values: { ...known, quality_rating, pace_limit_per_second } }
    }),
  )
}

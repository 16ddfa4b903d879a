import type { ConnectorCheck, ConnectorId } from '../../contract/index.ts'
import { type Actor, ParleyError } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { changeNumber } from './change-number.ts'
import { type ConnectorRow, type NumberRow, webhookUrl } from './connector.ts'
import { type Findings, judge } from './doctor.ts'
import { examineGupshup } from './examine-gupshup.ts'
import { numberValues } from './number-values.ts'
import { forgetConnections, metaConnectionOf } from './open-connection.ts'
import { selectConnector, updateConnectorCheck } from './queries.ts'
import { type NumberValues, selectNumbersOf } from './queries-numbers.ts'

/** The verdict, and what was learnt about numbers by their id. */
export interface Examination {
  check: ConnectorCheck
  changes: ReadonlyMap<string, Partial<NumberValues>>
}

/** The connection doctor: asks the provider about each step, keeps the verdict and what was learnt about the numbers. */
export async function checkConnector(ctx: ServerCtx, actor: Actor, id: ConnectorId): Promise<ConnectorCheck> {
  const { workspaceId } = actor
  const { row, numbers } = await ctx.db.inWorkspace(workspaceId, async (tx) => ({
    row: await selectConnector(tx, workspaceId, id),
    numbers: await selectNumbersOf(tx, workspaceId, [id]),
  }))
  if (row === null) throw new ParleyError('not_found', 'There is no such connector.')
  const { check, changes } =
    row.provider === 'gupshup'
      ? await examineGupshup(ctx, row, numbers)
      : await examineMeta(ctx, row, numbers)
  const status = check.verdict === 'healthy' ? 'ACTIVE' : 'DEGRADED'
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    await updateConnectorCheck(tx, workspaceId, id, { check, status })
    for (const [numberId, values] of changes) {
      const change = { at: ctx.clock.now(), inboundLogId: null }
      await changeNumber(ctx, tx, { workspaceId, numberId, values }, change)
    }
  })
  forgetConnections(ctx)
  ctx.live.changed(workspaceId, { topic: 'connector', id })
  if (changes.size > 0) ctx.live.changed(workspaceId, { topic: 'notice', id })
  return check
}

async function examineMeta(
  ctx: ServerCtx,
  row: ConnectorRow,
  numbers: readonly NumberRow[],
): Promise<Examination> {
  const { meta } = ctx.providers
  const connection = metaConnectionOf(ctx, row)
  const wabaId = row.waba_id ?? ''
  const [token, secret, apps, readings] = await Promise.all([
    meta.debugToken(connection),
    meta.verifyAppSecret(connection),
    meta.readSubscribedApps(connection, wabaId),
    Promise.all(
      numbers.map(async (number) => ({
        number,
        answer: await meta.readNumber(connection, number.phone_number_id),
      })),
    ),
  ])
  const appId = token.ok ? token.value.app_id : row.app_id
  const subscription = appId ? await meta.readAppSubscription(connection, appId) : null
  const findings: Findings = {
    token,
    secret,
    apps,
    subscription,
    numbers: readings.map(({ number, answer }) => ({ shown: number.display_phone_number, answer })),
    webhookUrl: webhookUrl(ctx.config, row),
    lastWebhookAt: row.last_webhook_at,
  }
  const changes = readings.flatMap(({ number, answer }) =>
    answer.ok ? [[number.id, numberValues(answer.value)] as const] : [],
  )
  return { check: judge(findings), changes: new Map(changes) }
}

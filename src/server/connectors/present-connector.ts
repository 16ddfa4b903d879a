import {
  type Connector,
  type ConnectorStatus,
  connectorCheck,
  connectorId,
  connectorStatus,
  type Flag,
  type NoticeKind,
  provider,
} from '../../contract/index.ts'
import type { Actor, Ctx } from '../platform/index.ts'
import { type ConnectorRow, mayManage, type NumberRow, webhookUrl } from './connector.ts'
import { openCredentials, openGupshupCredentials } from './credentials.ts'
import { presentNumber } from './present-number.ts'

/**
 * Credentials never come back; what must be pasted into the provider's form does, to those who may: Meta's verify token,
 * and the secret in the callback URL of Gupshup.
 */
export function presentConnector(
  ctx: Ctx,
  actor: Actor,
  row: ConnectorRow,
  numbers: NumberRow[],
  flags: readonly Flag[] = [],
): Connector {
  const own = numbers.filter((number) => number.connector_id === row.id)
  const subjects = new Set([row.id, ...own.map(({ id }) => id)])
  return {
    id: connectorId.parse(row.id),
    provider: provider.parse(row.provider),
    name: row.name,
    status: statusOf(row, flags),
    ...callbackOf(ctx, actor, row),
    waba_id: row.waba_id,
    numbers: own.map(presentNumber),
    flags: flags.filter(({ subject_id }) => subjects.has(subject_id)),
    last_check: row.last_check === null ? null : connectorCheck.parse(row.last_check),
    last_checked_at: row.last_checked_at?.toISOString() ?? null,
    last_webhook_at: row.last_webhook_at?.toISOString() ?? null,
    templates_synced_at: row.templates_synced_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
  }
}

/** What keeps an account from its work as long as the flag stands, whatever the last check found. */
const troubles = new Set<NoticeKind>([
  'account_restricted',
  'account_disabled',
  'account_ban_scheduled',
  'account_disconnected',
  'account_review_rejected',
])

function statusOf({ id, status }: ConnectorRow, flags: readonly Flag[]): ConnectorStatus {
  const isTroubled = flags.some(({ subject_id, kind }) => subject_id === id && troubles.has(kind))
  return status === 'ACTIVE' && isTroubled ? 'DEGRADED' : connectorStatus.parse(status)
}

function callbackOf(
  ctx: Ctx,
  actor: Actor,
  row: ConnectorRow,
): Pick<Connector, 'webhook_url' | 'verify_token'> {
  const webhook_url = webhookUrl(ctx.config, row)
  if (!mayManage(actor)) return { webhook_url, verify_token: null }
  if (row.provider !== 'gupshup') return { webhook_url, verify_token: openCredentials(ctx, row).verify_token }
  const { callback_secret } = openGupshupCredentials(ctx, row)
  return { webhook_url: `${webhook_url}/${callback_secret}`, verify_token: null }
}

import {
  type Connector,
  connectorCheck,
  connectorId,
  connectorStatus,
  provider,
} from '../../contract/index.ts'
import type { Actor, Ctx } from '../platform/index.ts'
import { type ConnectorRow, mayManage, type NumberRow, webhookUrl } from './connector.ts'
import { openCredentials } from './credentials.ts'
import { presentNumber } from './present-number.ts'

/** Credentials never come back; the verify token does, to those who must paste it into Meta's form. */
export function presentConnector(ctx: Ctx, actor: Actor, row: ConnectorRow, numbers: NumberRow[]): Connector {
  return {
    id: connectorId.parse(row.id),
    provider: provider.parse(row.provider),
    name: row.name,
    status: connectorStatus.parse(row.status),
    webhook_url: webhookUrl(ctx.config, row),
    verify_token: mayManage(actor) ? openCredentials(ctx, row).verify_token : null,
    waba_id: row.waba_id,
    numbers: numbers.filter((number) => number.connector_id === row.id).map(presentNumber),
    last_check: row.last_check === null ? null : connectorCheck.parse(row.last_check),
    last_checked_at: row.last_checked_at?.toISOString() ?? null,
    last_webhook_at: row.last_webhook_at?.toISOString() ?? null,
    templates_synced_at: row.templates_synced_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
  }
}

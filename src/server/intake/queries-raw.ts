import { sql } from 'kysely'
import type { Db } from '../platform/index.ts'
import type { RawWebhook } from './raw-webhook.ts'

/**
 * Many webhooks in one statement. All bodies travel as one binary parameter and are cut up by the server: in an array
 * or in JSON each byte would be written as hex or base64, escaped, sent and decoded again.
 */
export async function insertRaw(db: Db, webhooks: readonly RawWebhook[]): Promise<void> {
  await sql`
    with raw as (select ${Buffer.concat(webhooks.map(({ body }) => body))}::bytea as bytes)
    insert into inbound_logs (id, workspace_id, connector_id, source, partition, body, body_bytes, sha256, headers)
    select w.id, w.workspace_id, w.connector_id, w.source, w.partition, b.body, w.length, sha256(b.body), w.headers
    from unnest(
      ${webhooks.map(({ id }) => id)}::text[],
      ${webhooks.map(({ workspaceId }) => workspaceId)}::text[],
      ${webhooks.map(({ connectorId }) => connectorId)}::text[],
      ${webhooks.map(({ source }) => source)}::text[],
      ${webhooks.map(({ partition }) => partition)}::smallint[],
      ${offsetsOf(webhooks)}::int[],
      ${webhooks.map(({ body }) => body.length)}::int[],
      ${webhooks.map(({ headers }) => headers)}::jsonb[]
    ) as w(id, workspace_id, connector_id, source, partition, start, length, headers)
    cross join raw
    cross join lateral (select substring(raw.bytes from w.start for w.length) as body) b`.execute(db)
}

/** SQL counts from 1. */
function offsetsOf(webhooks: readonly RawWebhook[]): number[] {
  let next = 1
  return webhooks.map(({ body }) => {
    const start = next
    next += body.length
    return start
  })
}

import { sql } from 'kysely'
import type { InboundFact } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

/**
 * Puts the parts of a body in its place, in one statement: whoever comes second, after a crash or a lost lane, cuts
 * nothing. Returns whether this was the first.
 */
export async function insertParts(
  db: Db,
  id: string,
  parts: readonly { id: string; partition: number; body: Buffer }[],
): Promise<boolean> {
  const fact: InboundFact = {
    kind: 'parts',
    external_id: null,
    phone: null,
    outcome: 'applied',
    detail: String(parts.length),
  }
  const { rows } = await sql<{ count: number }>`
    with whole as (
      update inbound_logs
      set verdict = 'processed', processed_at = now(), attempts = attempts + 1, crashes = 0, error = null,
        facts = ${JSON.stringify([fact])}::jsonb, terms = '{}'
      where id = ${id} and workspace_id is null and verdict in ('received', 'failed')
      returning id, source, received_at, headers
    ), added as (
      insert into inbound_logs (id, source, received_at, partition, body, body_bytes, sha256, headers, parent_id)
      select p.id, whole.source, whole.received_at, p.partition, p.body, length(p.body), sha256(p.body), whole.headers,
        whole.id
      from whole cross join unnest(
        ${parts.map((part) => part.id)}::text[],
        ${parts.map((part) => part.partition)}::smallint[],
        ${parts.map((part) => part.body)}::bytea[]) as p(id, partition, body)
      returning 1
    )
    select count(*) as count from added`.execute(db)
  return (rows[0]?.count ?? 0) > 0
}

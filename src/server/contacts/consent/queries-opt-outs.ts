import { sql } from 'kysely'
import type { ConsentScope, WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'
import type { ContactSummaryRow } from '../present-contact.ts'
import { matchesSearch } from '../queries.ts'

export interface OptOutSelection {
  search: string | null
  scope: ConsentScope | null
}

/** The time in UTC to the microsecond, which a Date does not hold. */
export interface OptOutPosition {
  exact_at: string
  id: string
}

export type OptOutRow = ContactSummaryRow &
  OptOutPosition & {
    scope: ConsentScope
    at: Date
    source: string | null
    reason: string | null
    by: string | null
    number_id: string | null
  }

/** The latest opt-outs first, each with the change that began it. */
export async function selectOptOuts(
  db: Db,
  workspaceId: WorkspaceId,
  { search, scope, after, limit }: OptOutSelection & { after: OptOutPosition | null; limit: number },
): Promise<OptOutRow[]> {
  const since = sql`coalesce(opted_out_all_at, opted_out_marketing_at)`
  const { rows } = await sql<OptOutRow>`
    select c.*, c.since as at,
      to_char(c.since at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as exact_at, began.source, began.number_id,
      coalesce(began.evidence ->> 'reason', began.evidence ->> 'file_name') as reason, began.evidence ->> 'by' as by
    from (
      select id, phone, user_id, is_group, username, name, profile_name, ${since} as since,
        case when opted_out_all_at is null then 'marketing' else 'all' end as scope
      from contacts
      where workspace_id = ${workspaceId} and (opted_out_all_at is not null or opted_out_marketing_at is not null)
        ${after === null ? sql`` : sql`and (${since}, id) < (${after.exact_at}::timestamptz, ${after.id})`}
        ${search === null ? sql`` : matchesSearch(search)} ${scope === null ? sql`` : ofScope(scope)}
      order by ${since} desc, id desc
      limit ${limit}
    ) as c
    left join lateral (
      select source, number_id, evidence from consent_changes o
      where o.workspace_id = ${workspaceId} and o.contact_id = c.id and o.opted_out and o.scope = c.scope and o.at = c.since
      order by o.id limit 1
    ) as began on true
    order by c.since desc, c.id desc`.execute(db)
  return rows
}

function ofScope(scope: ConsentScope) {
  return scope === 'all' ? sql`and opted_out_all_at is not null` : sql`and opted_out_all_at is null`
}

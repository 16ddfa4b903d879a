import { sql } from 'kysely'

export interface NamedRow {
  id: string
  number_id: string
  external_id: string | null
}

/**
 * Rows of (number_id, external_id, name): what others may call these messages, which is the id that sending answered, and
 * WhatsApp's own where that is another. News of a message may have come before it was known by the name they use.
 */
export function namesOf(targets: readonly NamedRow[]) {
  const ids = targets.map((row) => row.id)
  const numberIds = targets.map((row) => row.number_id)
  const externalIds = targets.map((row) => row.external_id)
  return sql`
    with targets as (
      select * from unnest(${ids}::text[], ${numberIds}::text[], ${externalIds}::text[])
        as t(message_id, number_id, external_id)
      where external_id is not null
    )
    select number_id, external_id, external_id as name from targets
    union all
    select t.number_id, t.external_id, e.external_id
    from targets t join outbound_external_ids e on e.message_id = t.message_id and e.is_alias`
}

import type pg from 'pg'

/**
 * Notes in which cluster the diary is written from now on. A dump that was restored elsewhere, and a backup brought back
 * to an earlier moment, have transaction ids that don't go on from those in its rows; the feed of events orders by era first.
 */
export async function beginEra(client: pg.Client): Promise<void> {
  await client.query(`
    insert into event_eras (era, cluster)
    select coalesce(max(era) + 1, 0), this.cluster
    from (
      select s.system_identifier || '.' || c.timeline_id as cluster from pg_control_system() s, pg_control_checkpoint() c
    ) this
    left join event_eras on true
    group by this.cluster
    having this.cluster is distinct from (select cluster from event_eras order by era desc limit 1)`)
}

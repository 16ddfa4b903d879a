import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'

/** A plan made for an empty table is wrong once a million rows have come in, and nothing but ANALYZE would tell. */
const plansLastMs = 5_000

/**
 * The pool with a name for each text of a statement, so that a connection parses it once and plans it every few
 * seconds. Only for statements whose texts are few: the server keeps each as long as the connection lives.
 */
export function preparedPool(pool: pg.Pool, nowMs: () => number = () => performance.now()): PostgresPool {
  const names = new Map<string, string>()
  const plannedAt = new WeakMap<pg.PoolClient, number>()
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>()

  function nameOf(text: string): string {
    const name = names.get(text) ?? `lanes_${names.size}`
    names.set(text, name)
    return name
  }

  async function discardOldPlans(client: pg.PoolClient): Promise<void> {
    const at = plannedAt.get(client)
    if (at !== undefined && nowMs() - at < plansLastMs) return
    plannedAt.set(client, nowMs())
    if (at !== undefined) await client.query('discard plans')
  }

  function prepare(client: pg.PoolClient): PostgresPoolClient {
    function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>
    function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
    function query(text: unknown, values: readonly unknown[] = []): unknown {
      if (typeof text !== 'string') throw new Error('A prepared pool reads no cursors.')
      // begin and commit have nothing to plan.
      return values.length === 0
        ? client.query(text)
        : client.query({ name: nameOf(text), text, values: [...values] })
    }
    return { query, release: () => client.release() }
  }

  return {
    connect: async () => {
      const client = await pool.connect()
      const prepared = known.get(client) ?? prepare(client)
      known.set(client, prepared)
      await discardOldPlans(client).catch((error: unknown) => {
        client.release(true)
        throw error
      })
      return prepared
    },
    end: () => pool.end(),
  }
}

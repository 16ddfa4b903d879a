import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'

/**
 * The pool with a name for each text of a statement, so that a connection parses and plans it once. Only for statements
 * whose texts are few: the server keeps each as long as the connection lives.
 */
export function preparedPool(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>()
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>()

  function nameOf(text: string): string {
    const name = names.get(text) ?? `lanes_${names.size}`
    names.set(text, name)
    return name
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
      return prepared
    },
    end: () => pool.end(),
  }
}

import { join } from 'node:path'
import pg from 'pg'

export interface Database {
  /** What a statement with one value answers to a question. */
  isTrue(question: string, value: string): Promise<boolean>
  close(): Promise<void>
}

/** The hub's own PostgreSQL, by its socket, for what the API does not tell. */
export async function openDatabase(dataDir: string): Promise<Database> {
  const client = new pg.Client({
    host: join(dataDir, 'postgres', 'run'),
    user: 'parley_owner',
    database: 'parley',
  })
  await client.connect()
  return {
    isTrue: async (question, value) => {
      const { rows } = await client.query<[boolean]>({ text: question, values: [value], rowMode: 'array' })
      return rows[0]?.[0] === true
    },
    close: () => client.end(),
  }
}

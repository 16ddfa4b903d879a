import type { FaultyDatabase } from '../database.ts'

/** The rows of some tables as they were, kept beside them in the same database. */
export interface Snapshot {
  /** What differs now, row by row: which one, and each column before and after. The first few of each table. */
  changes(): Promise<string[]>
  drop(): Promise<void>
}

const schema = 'before_replay'
const rowsShown = 3
const valueLengthMax = 120

type Row = Record<string, unknown>

/** `passing`: columns that change with time alone, by table. */
export async function takeSnapshot(
  database: FaultyDatabase,
  tables: readonly string[],
  passing: Readonly<Record<string, readonly string[]>>,
): Promise<Snapshot> {
  const drop = async () => {
    await database.query(`drop schema if exists ${schema} cascade`)
  }
  await drop()
  await database.query(`create schema ${schema}`)
  for (const table of tables) {
    await database.query(`create unlogged table ${schema}.${table} as table public.${table}`)
    await database.query(`analyze ${schema}.${table}`)
  }
  return {
    changes: async () => {
      const found: string[] = []
      for (const table of tables) found.push(...(await changesOf(database, table, passing[table] ?? [])))
      return found
    },
    drop,
  }
}

/** Whole rows are compared first: nearly always nothing differs, and then no row is turned into JSON. */
async function changesOf(
  database: FaultyDatabase,
  table: string,
  passing: readonly string[],
): Promise<string[]> {
  const rowsOf = (from: string, other: string) =>
    database.query<{ row: Row }>(
      `select to_jsonb(d) - $1::text[] as row from (table ${from}.${table} except all table ${other}.${table}) as d`,
      [passing],
    )
  const keys = await keyColumns(database, table)
  const byKey = (rows: { row: Row }[]) =>
    new Map(rows.map(({ row }) => [keys.map((key) => String(row[key])).join('|'), row]))
  const before = byKey(await rowsOf(schema, 'public'))
  const after = byKey(await rowsOf('public', schema))
  const found = [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const change = describe(before.get(key), after.get(key))
    return change === '' ? [] : [`${table} ${key}: ${change}`]
  })
  if (found.length <= rowsShown) return found
  return [`${table}: ${found.length} rows, among them ${found.slice(0, rowsShown).join(', ')}`]
}

async function keyColumns(database: FaultyDatabase, table: string): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    `select a.attname::text as name
     from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
     where i.indrelid = $1::regclass and i.indisprimary`,
    [`public.${table}`],
  )
  return rows.map(({ name }) => name)
}

function describe(before: Row | undefined, after: Row | undefined): string {
  if (before === undefined) return `is new: ${shorten(after)}`
  if (after === undefined) return `is gone: ${shorten(before)}`
  return Object.keys(after)
    .filter((column) => JSON.stringify(before[column]) !== JSON.stringify(after[column]))
    .map((column) => `${column} ${shorten(before[column])} → ${shorten(after[column])}`)
    .join(', ')
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > valueLengthMax ? `${text.slice(0, valueLengthMax)}…` : text
}

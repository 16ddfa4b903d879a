import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { clientConfig, type DatabaseTarget, loopsOverIndexes } from '../db/connect.ts'
import type { Database, Db } from '../db/databases.ts'

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  'TID Cond'?: string
  Plans?: PlanNode[]
}

/**
 * How lanes would plan what `work` asks, on tables that are as empty as on the first day: a plan made then is kept while
 * a million rows come in. Returns the scans of the given tables that would read more than a few rows. What `work` asks
 * is planned, not run: each statement answers no rows.
 */
export async function widePlans(
  target: DatabaseTarget,
  tables: readonly string[],
  work: (db: Db) => Promise<unknown>,
): Promise<string[]> {
  const client = new pg.Client(clientConfig(target, 'plans', 'parley_worker', undefined, loopsOverIndexes))
  await client.connect()
  try {
    const found: string[] = []
    for (const text of await textsOf(work)) {
      const { rows } = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
        `explain (generic_plan, format json) ${text}`,
      )
      for (const { Plan } of rows.flatMap((row) => row['QUERY PLAN'])) found.push(...wideScans(Plan, tables))
    }
    return found
  } finally {
    await client.end()
  }
}

async function textsOf(work: (db: Db) => Promise<unknown>): Promise<string[]> {
  const texts: string[] = []
  const client = {
    query: async (text: unknown, values: readonly unknown[] = []) => {
      if (typeof text === 'string' && values.length > 0) texts.push(text)
      return { command: 'SELECT' as const, rowCount: 0, rows: [] }
    },
    release: () => undefined,
  }
  const pool = { connect: async () => client, end: async () => undefined }
  await work(new Kysely<Database>({ dialect: new PostgresDialect({ pool: Object.assign(pool) }) }))
  return texts
}

function wideScans(node: PlanNode, tables: readonly string[]): string[] {
  const inner = (node.Plans ?? []).flatMap((plan) => wideScans(plan, tables))
  const table = node['Relation Name']
  const isScan = node['Node Type'].endsWith('Scan') && table !== undefined && tables.includes(table)
  if (!isScan || node['TID Cond'] !== undefined) return inner
  // Of the tables' keys the first column is the workspace: bound by that alone, a scan reads all of a tenant.
  const bounds = node['Index Cond']?.split(' AND ').length ?? 0
  const name = `${node['Node Type']} of ${table} by ${node['Index Name'] ?? 'nothing'}`
  return bounds > 1 ? inner : [`${name}${bounds === 1 ? `: ${node['Index Cond']}` : ''}`, ...inner]
}

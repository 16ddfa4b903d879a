import { sql } from 'kysely'
import type { WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'

export interface StoredRow {
  id: string
  row_number: number
  phone: string | null
  user_id: string | null
  cells: string[]
  problem: string | null
}

/** Returns the numbers of the rows that were inserted: the others are in the table already, or have a phone that is. */
export async function insertRows(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, rows }: { listId: string; rows: readonly StoredRow[] },
): Promise<Set<number>> {
  const { rows: inserted } = await sql<{ row_number: number }>`
    insert into recipients (workspace_id, list_id, id, row_number, phone, user_id, cells, problem)
    select ${workspaceId}, ${listId}, r.id, r.row_number, r.phone, r.user_id, r.cells, r.problem
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id text, row_number int, phone text, user_id text, cells jsonb, problem text)
    order by r.row_number
    on conflict do nothing
    returning row_number`.execute(db)
  return new Set(inserted.map((row) => row.row_number))
}

/** Rows in the order of the file, for going through a list in batches. */
export async function selectRowsAfter(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, after, limit }: { listId: string; after: number; limit: number },
): Promise<StoredRow[]> {
  const { rows } = await sql<StoredRow>`
    select id, row_number, phone, user_id, cells, problem from recipients
    where workspace_id = ${workspaceId} and list_id = ${listId} and row_number > ${after}
    order by row_number
    limit ${limit}`.execute(db)
  return rows
}

export async function selectRow(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, rowNumber }: { listId: string; rowNumber: number },
): Promise<StoredRow | null> {
  const [row] = await selectRowsAfter(db, workspaceId, { listId, after: rowNumber - 1, limit: 1 })
  return row?.row_number === rowNumber ? row : null
}

export async function selectRowById(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, id }: { listId: string; id: string },
): Promise<StoredRow | null> {
  const { rows } = await sql<StoredRow>`
    select id, row_number, phone, user_id, cells, problem from recipients
    where workspace_id = ${workspaceId} and list_id = ${listId} and id = ${id}`.execute(db)
  return rows[0] ?? null
}

/** The next recipients to make messages for. */
export async function selectSendable(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, after, limit }: { listId: string; after: string | null; limit: number },
): Promise<StoredRow[]> {
  const { rows } = await sql<StoredRow>`
    select id, row_number, phone, user_id, cells, problem from recipients
    where workspace_id = ${workspaceId} and list_id = ${listId} and problem is null and person is not null
      ${after === null ? sql`` : sql`and id > ${after}`}
    order by id
    limit ${limit}`.execute(db)
  return rows
}

export type RowVerdictById = Pick<StoredRow, 'id' | 'phone' | 'user_id' | 'problem'>

export async function updateVerdicts(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, verdicts }: { listId: string; verdicts: readonly RowVerdictById[] },
): Promise<void> {
  if (verdicts.length === 0) return
  await sql`
    update recipients r
    set phone = v.phone, user_id = v.user_id, problem = v.problem
    from jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb) as v(id text, phone text, user_id text, problem text)
    where r.workspace_id = ${workspaceId} and r.list_id = ${listId} and r.id = v.id`.execute(db)
}

export async function updateRow(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, row }: { listId: string; row: Omit<StoredRow, 'row_number'> },
): Promise<void> {
  await sql`
    update recipients set phone = ${row.phone}, user_id = ${row.user_id}, problem = ${row.problem}, cells = ${JSON.stringify(row.cells)}::jsonb
    where workspace_id = ${workspaceId} and list_id = ${listId} and id = ${row.id}`.execute(db)
}

/** Rows marked as duplicates whose phone or user id nobody holds (any more): the first of each takes it. Returns their ids. */
export async function promoteDuplicates(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, person }: { listId: string; person?: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update recipients r set problem = null
    from (
      select distinct on (d.person) d.id, d.person
      from recipients d
      where d.workspace_id = ${workspaceId} and d.list_id = ${listId} and d.problem = 'duplicate'
        ${person === undefined ? sql`` : sql`and d.person = ${person}`}
      order by d.person, d.row_number
    ) as first
    where r.workspace_id = ${workspaceId} and r.list_id = ${listId} and r.id = first.id
      and not exists (
        select 1 from recipients h
        where h.workspace_id = ${workspaceId} and h.list_id = ${listId} and h.person = first.person
          and h.problem is distinct from 'duplicate')
    returning r.id`.execute(db)
  return rows.map((row) => row.id)
}

/** Whether another row of the list has the phone, or the user id without one. */
export async function isPersonHeld(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, person, except }: { listId: string; person: string; except: string },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from recipients
    where workspace_id = ${workspaceId} and list_id = ${listId} and person = ${person} and id <> ${except}
      and problem is distinct from 'duplicate'`.execute(db)
  return rows.length > 0
}

/** Rows that are left out, by the code of their problem. */
export async function countProblems(
  db: Db,
  workspaceId: WorkspaceId,
  listId: string,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ code: string; n: number }>`
    select split_part(problem, ':', 1) as code, count(*)::int as n
    from recipients
    where workspace_id = ${workspaceId} and list_id = ${listId} and problem is not null
    group by 1`.execute(db)
  return new Map(rows.map((row) => [row.code, row.n]))
}

/**
 * Recipients without a problem whose contact doesn't want messages of this category. It goes from those who opted out to
 * the list: right after an import the planner knows nothing of its rows, and would go through all of them one by one.
 * That no duplicate is among them is said apart, as in the condition of the index.
 */
export async function countOptedOut(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, category }: { listId: string; category: string },
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with out as materialized (
      select c.phone, c.user_id from contacts c
      where c.workspace_id = ${workspaceId}
        and (c.opted_out_all_at is not null or c.opted_out_marketing_at is not null) and ${isOptedOut(category)}
    )
    select count(*)::int as n
    from out
    cross join lateral (
      select 1 from recipients r
      where r.workspace_id = ${workspaceId} and r.list_id = ${listId}
        and r.person = any (array[out.phone, out.user_id])
        and r.problem is distinct from 'duplicate' and r.problem is null
      limit 1
    ) as recipient`.execute(db)
  return rows[0]?.n ?? 0
}

/** What a variable may be filled with: the attributes, and the name beside them. */
const attributesAndName = sql`
  c.attributes || jsonb_strip_nulls(jsonb_build_object('name', coalesce(c.name, c.profile_name)))`

export interface KnownContact {
  id: string
  attributes: Record<string, string>
  opted_out: boolean
}

export async function selectContacts(
  db: Db,
  workspaceId: WorkspaceId,
  { ids, category }: { ids: readonly string[]; category: string },
): Promise<Map<string, KnownContact>> {
  const { rows } = await sql<KnownContact>`
    select c.id, ${attributesAndName} as attributes,
           ${isOptedOut(category)} as opted_out
    from contacts c
    where c.workspace_id = ${workspaceId} and c.id = any (${[...ids]}::text[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

export async function selectAttributesOf(
  db: Db,
  workspaceId: WorkspaceId,
  { phone, user_id }: Pick<StoredRow, 'phone' | 'user_id'>,
): Promise<Record<string, string>> {
  const { rows } = await sql<{ attributes: Record<string, string> }>`
    select ${attributesAndName} as attributes
    from contacts c
    where c.workspace_id = ${workspaceId} and (c.phone = ${phone} or c.user_id = ${user_id})
    order by c.user_id = ${user_id} desc nulls last
    limit 1`.execute(db)
  return rows[0]?.attributes ?? {}
}

/** The same rule as at dispatch, where the lane asks again with the category of that moment. */
function isOptedOut(category: string) {
  return sql`(${category} <> 'AUTHENTICATION' and (c.opted_out_all_at is not null
    or (${category} = 'MARKETING' and c.opted_out_marketing_at is not null)))`
}

import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/databases.ts'

/** A crashed owner's work is taken over after this, on the database's clock. */
export const leaseMs = 3_000

export interface Lease {
  key: string
  /** Rises at each change of owner: a statement of the owner before carries an older one. */
  epoch: number
}

/** One that was not taken, and how long until it runs out unless it is renewed; 0: free, but beyond what was asked for. */
export interface LeaseOfOther {
  key: string
  free_in_ms: number
}

export interface Acquired {
  taken: Lease[]
  others: LeaseOfOther[]
}

/** Who may work on which key; decided by one clock for all. */
export interface Leases {
  /** Takes those of `keys` that nobody holds, in their order, at most so many. */
  acquire(kind: string, owner: string, keys: readonly string[], most: number): Promise<Acquired>
  /** Returns the keys still held; one that is missing was taken over and must be dropped at once. */
  renew(kind: string, owner: string, leases: readonly Lease[]): Promise<Set<string>>
  /** Gives one back, so that the next owner need not wait for it to run out. */
  release(kind: string, owner: string, lease: Lease): Promise<void>
  /** Says "I am here" for as long as a lease lasts, and how many lanes each of those who are here holds. */
  attend(kind: string, owner: string): Promise<Holdings>
  leave(kind: string, owner: string): Promise<void>
}

/** Lanes held, by owner; 0 for those who are there and hold none. */
export type Holdings = ReadonlyMap<string, number>

export function databaseLeases(db: Db): Leases {
  return {
    acquire: (kind, owner, keys, most) => acquireLeases(db, { kind, owner, most }, keys),
    renew: (kind, owner, leases) => renewLeases(db, kind, owner, leases),
    release: (kind, owner, lease) => releaseLease(db, kind, owner, lease),
    attend: (kind, owner) => attendLanes(db, kind, owner),
    leave: (kind, owner) => leaveLanes(db, kind, owner),
  }
}

/**
 * Takes those of `keys` that nobody holds. The row lock decides between two who ask at once; a row locked by a
 * claim in progress is passed over.
 */
export async function acquireLeases(
  db: Db,
  { kind, owner, most = Number.POSITIVE_INFINITY }: Asker,
  keys: readonly string[],
): Promise<Acquired> {
  const first = await takeFree(db, { kind, owner, most }, keys)
  const seen = new Set([...first.taken, ...first.others].map(({ key }) => key))
  const unseen = keys.filter((key) => !seen.has(key))
  if (unseen.length === 0) return first
  // Nearly every key has its row: only for a new one does it take three statements.
  await sql`
    insert into leases (kind, key) select ${kind}, key from unnest(${unseen}::text[]) key order by key
    on conflict do nothing`.execute(db)
  const second = await takeFree(db, { kind, owner, most: most - first.taken.length }, unseen)
  return { taken: [...first.taken, ...second.taken], others: [...first.others, ...second.others] }
}

interface Asker {
  kind: string
  owner: string
  /** How many leases at most. */
  most?: number
}

async function takeFree(
  db: Db,
  { kind, owner, most = Number.POSITIVE_INFINITY }: Asker,
  keys: readonly string[],
): Promise<Acquired> {
  const limit = Math.min(keys.length, most)
  const { rows } = await sql<Lease | { key: string; epoch: null; free_in_ms: number }>`
    with asked as materialized (
      select key, lease_until, lease_until < clock_timestamp() as is_free from leases
      where kind = ${kind} and key = any(${[...keys]}::text[])
    ),
    free as (
      select kind, key from leases
      where kind = ${kind} and key = any(${[...keys]}::text[]) and lease_until < clock_timestamp()
      order by array_position(${[...keys]}::text[], key)
      limit ${limit}
      for update skip locked
    ),
    taken as (
      update leases l
      set owner = ${owner}, epoch = l.epoch + 1, lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1_000})
      from free
      where l.kind = free.kind and l.key = free.key
      returning l.key, l.epoch
    )
    select key, epoch, null as free_in_ms from taken
    union all
    select key, null, extract(epoch from lease_until - clock_timestamp())::float8 * 1000 from asked
    where not is_free
    union all
    select key, null, 0 from asked where is_free and (select count(*) from free) >= ${limit} and key not in (select key from free)`.execute(
    db,
  )
  const taken: Lease[] = []
  const others: LeaseOfOther[] = []
  for (const row of rows) {
    if (row.epoch === null) others.push({ key: row.key, free_in_ms: row.free_in_ms })
    else taken.push({ key: row.key, epoch: row.epoch })
  }
  return { taken, others }
}

/** Returns the keys still held; one that is missing was taken over and must be dropped at once. */
export async function renewLeases(
  db: Db,
  kind: string,
  owner: string,
  leases: readonly Lease[],
): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    update leases l set lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1_000})
    from unnest(${leases.map(({ key }) => key)}::text[], ${leases.map(({ epoch }) => epoch)}::bigint[]) mine(key, epoch)
    where l.kind = ${kind} and l.key = mine.key and l.owner = ${owner} and l.epoch = mine.epoch
      and l.lease_until > clock_timestamp()
    returning l.key`.execute(db)
  return new Set(rows.map(({ key }) => key))
}

/** Gives the lane back, so that the next owner need not wait for the lease to run out. */
export async function releaseLease(
  db: Db,
  kind: string,
  owner: string,
  { key, epoch }: Lease,
): Promise<void> {
  await sql`
    update leases set owner = null, lease_until = '-infinity'
    where kind = ${kind} and key = ${key} and owner = ${owner} and epoch = ${epoch}`.execute(db)
}

/** Those who have not been heard of for a minute are forgotten. */
export async function attendLanes(db: Db, kind: string, owner: string): Promise<Holdings> {
  const { rows } = await sql<{ owner: string; lanes: number }>`
    with me as (
      insert into lane_workers (kind, owner, here_until)
      values (${kind}, ${owner}, clock_timestamp() + make_interval(secs => ${leaseMs / 1_000}))
      on conflict (kind, owner) do update set here_until = excluded.here_until
      returning owner
    ),
    forgotten as (
      delete from lane_workers where ctid = any (array(
        select ctid from lane_workers
        where kind = ${kind} and owner <> ${owner} and here_until < clock_timestamp() - interval '1 minute'
        for update skip locked))
    ),
    here as (
      select owner from me
      union
      select owner from lane_workers where kind = ${kind} and here_until > clock_timestamp()
    )
    select h.owner, count(l.key) as lanes
    from here h left join leases l on l.kind = ${kind} and l.owner = h.owner and l.lease_until > clock_timestamp()
    group by h.owner`.execute(db)
  return new Map(rows.map((row) => [row.owner, row.lanes]))
}

export async function leaveLanes(db: Db, kind: string, owner: string): Promise<void> {
  await sql`delete from lane_workers where kind = ${kind} and owner = ${owner}`.execute(db)
}

/**
 * The lease row of a lane, locked, for the claiming statement: `with lease as (${leaseOf(lane)}) … where exists
 * (select from lease)`. No row when the lane is somebody else's by now, so a takeover and a claim can't cross.
 */
export function leaseOf({
  kind,
  key,
  owner,
  epoch,
}: { kind: string; owner: string } & Lease): RawBuilder<unknown> {
  return sql`
    select 1 from leases
    where kind = ${kind} and key = ${key} and owner = ${owner} and epoch = ${epoch} and lease_until > clock_timestamp()
    for share`
}

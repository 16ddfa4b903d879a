import pg from 'pg'
import { afterAll } from 'vitest'
import { type TestDatabase, testDatabase } from '../../src/server/platform/testing/index.ts'

/** A database whose `now()` stands still until it is moved. */
export interface HeldDatabase extends TestDatabase {
  moveTo(ms: number): Promise<void>
  /** As the superuser, each row an array. */
  rows(text: string, values?: readonly unknown[]): Promise<unknown[][]>
}

/** Whatever asks for the time by name finds these functions before PostgreSQL's own; defaults of columns are told to. */
const heldClock = `
  create schema held_clock;
  create table held_clock.moment (at timestamptz not null);
  insert into held_clock.moment values (to_timestamp(0));
  create function held_clock.now() returns timestamptz language sql stable
    return (select at from held_clock.moment);
  create function held_clock.clock_timestamp() returns timestamptz language sql volatile
    return (select at from held_clock.moment);
  grant usage on schema held_clock to parley_app, parley_worker;
  grant select on held_clock.moment to parley_app, parley_worker;
  alter table message_attempts alter column intent_at set default held_clock.now();
  alter table messages alter column next_at set default held_clock.now();
  alter table message_statuses alter column received_at set default held_clock.now();`

export async function heldDatabase(): Promise<HeldDatabase> {
  const database = await testDatabase()
  const superuser = new pg.Client(database.superuserTarget)
  await superuser.connect()
  afterAll(() => superuser.end())
  await superuser.query(heldClock)
  await superuser.query(
    `alter database ${database.superuserTarget.database} set search_path = held_clock, public, pg_catalog`,
  )
  return {
    ...database,
    moveTo: async (ms) => {
      await superuser.query('update held_clock.moment set at = to_timestamp($1 / 1000.0)', [ms])
    },
    rows: async (text, values = []) =>
      (await superuser.query<unknown[]>({ text, values: [...values], rowMode: 'array' })).rows,
  }
}

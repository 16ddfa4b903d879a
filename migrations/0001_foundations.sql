-- Roles, ids and leases: what every later table stands on. Runs as the owner of the database, who is no superuser.

-- Roles belong to the whole cluster, so a second database on it finds them there already.
do $$
begin
  if not exists (select from pg_roles where rolname = 'parley_app') then
    create role parley_app nologin noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'parley_worker') then
    create role parley_worker nologin noinherit;
  end if;
  -- The hub signs in as the owner and takes one of the two roles for each connection.
  grant parley_app, parley_worker to current_user;
end
$$;

grant usage on schema public to parley_app, parley_worker;

-- A prefixed id that sorts by time, as hex: 48 bits of milliseconds, 12 of their fraction, so that what is queued one after
-- the other stays in order, and 68 that are random but for a few.
create function parley_id(prefix text) returns text
  language sql volatile parallel safe
  return prefix || '_'
    || lpad(to_hex(floor(extract(epoch from clock_timestamp()) * 4096000)::bigint), 15, '0')
    || substr(replace(gen_random_uuid()::text, '-', ''), 16);

-- The workspace of this transaction; null (which matches nothing) when none was set.
create function parley_workspace() returns text
  language sql stable parallel safe
  return nullif(current_setting('parley.workspace_id', true), '');

-- Forced row-level security on a table of a workspace: the app sees one workspace, workers see all.
create procedure parley_protect(table_name regclass)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', table_name);
  execute format('alter table %s force row level security', table_name);
  execute format(
    'create policy one_workspace on %s to parley_app using (workspace_id = parley_workspace()) with check (workspace_id = parley_workspace())',
    table_name);
  execute format('create policy all_workspaces on %s to parley_worker using (true) with check (true)', table_name);
  execute format('grant select, insert, update, delete on %s to parley_app, parley_worker', table_name);
end
$$;

-- Who may work on what, until when. The epoch rises at each change of owner and fences off the one before.
create table leases (
  kind text not null,
  key text not null,
  owner text,
  epoch bigint not null default 0,
  lease_until timestamptz not null default '-infinity',
  primary key (kind, key)
);
grant select, insert, update, delete on leases to parley_worker;

-- Which processes are there to take lanes, those without one too, so that each can hold its share.
create table lane_workers (
  kind text not null,
  owner text not null,
  here_until timestamptz not null,
  primary key (kind, owner)
);
grant select, insert, update, delete on lane_workers to parley_worker;

-- Facts about this installation, such as the hash of the one-time set-up link.
create table installation (
  key text primary key,
  value jsonb not null
);
grant select, insert, update, delete on installation to parley_worker;

-- Files on their way into contacts. The file is read twice: judged as a whole first, written into contacts second, so that a
-- file that can't be read to its end changes nobody.

create table contact_imports (
  workspace_id text not null references workspaces on delete cascade,
  id text not null,
  state text not null default 'checking'
    check (state in ('checking', 'ready', 'running', 'finished', 'failed', 'cancelled')),
  file_name text not null,
  -- Null once the file is not needed any more.
  file_key text,
  columns jsonb not null default '[]',
  -- The first rows as they stand in the file.
  sample jsonb not null default '[]',
  suggested_match jsonb,
  match jsonb,
  -- Rises with each match: what was judged for an earlier one is dropped.
  version int not null default 0,
  rows int not null default 0,
  rows_refused int not null default 0,
  rows_known int not null default 0,
  -- The cursor of the second reading, written with each batch.
  rows_done int not null default 0,
  created_count int not null default 0,
  updated_count int not null default 0,
  progress real not null default 0,
  error text,
  created_by text not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (workspace_id, id)
);
create index contact_imports_unfinished on contact_imports (created_at) where state in ('checking', 'running');
call parley_protect('contact_imports');

create table contact_import_refusals (
  workspace_id text not null,
  import_id text not null,
  row_number int not null,
  cells jsonb not null,
  -- A code, and after a colon what it is about.
  problem text not null,
  primary key (workspace_id, import_id, row_number),
  foreign key (workspace_id, import_id) references contact_imports (workspace_id, id) on delete cascade
);
call parley_protect('contact_import_refusals');

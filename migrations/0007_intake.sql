-- What providers told us, byte for byte, and what became of it.

create table inbound_logs (
  id text primary key,
  -- Null while nobody's: a foreign number, or a body that speaks of several workspaces.
  workspace_id text references workspaces on delete cascade,
  connector_id text,
  source text not null check (source in ('meta', 'gupshup')),
  received_at timestamptz not null default now(),
  partition smallint not null,
  verdict text not null default 'received'
    check (verdict in ('received', 'processed', 'failed', 'parked', 'refused', 'unrouted')),
  -- Bytes, because jsonb refuses \u0000 and lone surrogates and would not replay to the letter.
  body bytea,
  body_bytes int not null,
  sha256 bytea not null,
  headers jsonb not null default '{}',
  attempts int not null default 0,
  next_at timestamptz not null default now(),
  processed_at timestamptz,
  error text,
  -- What was found in it and what each fact did, as the contract shows it.
  facts jsonb not null default '[]',
  -- Types, phones and ids of the facts, for search.
  terms text[] not null default '{}'
);
create index inbound_logs_due on inbound_logs (partition, id) where verdict in ('received', 'failed');
create index inbound_logs_newest on inbound_logs (workspace_id, id desc);
create index inbound_logs_terms on inbound_logs using gin (terms);
alter table inbound_logs enable row level security;
alter table inbound_logs force row level security;
create policy one_workspace on inbound_logs for select to parley_app using (workspace_id = parley_workspace());
create policy all_workspaces on inbound_logs to parley_worker using (true) with check (true);
grant select on inbound_logs to parley_app;
grant select, insert, update, delete on inbound_logs to parley_worker;

-- What providers told us, once more: replays of a span, parts of bodies of several workspaces, what is nobody's.

-- A replay of many inbound logs. Its cursor is committed with the logs it took up again, so it goes on where it stopped.
create table inbound_replays (
  workspace_id text not null references workspaces on delete cascade,
  id text not null,
  since timestamptz not null,
  until timestamptz not null,
  -- Null: whatever the verdict, whichever the connector.
  verdict text,
  connector_id text,
  state text not null default 'running' check (state in ('running', 'finished', 'cancelled')),
  replayed int not null default 0,
  -- The last log looked at.
  cursor_id text not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, connector_id) references connectors (workspace_id, id) on delete cascade
);
create unique index inbound_replays_running on inbound_replays (workspace_id) where state = 'running';
call parley_protect('inbound_replays');

-- The body of several workspaces that this part was cut from.
alter table inbound_logs add column parent_id text;

-- Nobody's, or of a number that is disconnected: taken up again when their number is connected. The operator sees the former.
create index inbound_logs_unrouted on inbound_logs (id) where verdict = 'unrouted';

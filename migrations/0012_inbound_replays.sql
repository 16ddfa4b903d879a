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

-- News of a message that is not here yet: their webhook is taken up again once the message is.
create table waiting_news (
  workspace_id text not null,
  number_id text not null,
  external_id text not null,
  inbound_log_id text not null,
  since timestamptz not null default now(),
  look_at timestamptz not null default now(),
  primary key (number_id, external_id, inbound_log_id),
  foreign key (workspace_id, number_id) references numbers (workspace_id, id) on delete cascade
);
create index waiting_news_due on waiting_news (look_at);
call parley_protect('waiting_news');

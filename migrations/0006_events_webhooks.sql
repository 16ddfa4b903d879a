-- The diary, and its way to customers' endpoints.

create table events (
  workspace_id text not null references workspaces on delete cascade,
  id text not null,
  -- Orders the feed: a reader only goes as far as the oldest transaction still open, so no late commit is skipped.
  seq bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  type text not null,
  at timestamptz not null,
  number_id text,
  contact_id text,
  message_id text,
  list_id text,
  data jsonb not null,
  primary key (workspace_id, id)
);
create index events_feed on events (workspace_id, xid, seq);
call parley_protect('events');

create table webhook_endpoints (
  workspace_id text not null references workspaces on delete cascade,
  id text not null,
  name text not null,
  destination_url text not null,
  events text[] not null,
  number_id text,
  format text not null default 'normalized' check (format in ('normalized', 'gupshup', 'meta')),
  secret_sealed bytea not null,
  previous_secret_sealed bytea,
  previous_secret_until timestamptz,
  enabled boolean not null default true,
  disabled_reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  first_failure_at timestamptz,
  last_success_at timestamptz,
  last_failure_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, number_id) references numbers (workspace_id, id) on delete cascade
);
create unique index webhook_endpoints_id on webhook_endpoints (id);
call parley_protect('webhook_endpoints');

create table webhook_deliveries (
  workspace_id text not null,
  id text not null,
  endpoint_id text not null,
  event_id text not null,
  event_type text not null,
  -- What a test sends; null means the data of the event.
  payload jsonb,
  cause text not null default 'event' check (cause in ('event', 'replay', 'test')),
  state text not null default 'pending' check (state in ('pending', 'delivered', 'failed', 'cancelled')),
  attempts int not null default 0,
  next_at timestamptz not null default now(),
  last_http_status int,
  last_error_kind text,
  last_error text,
  last_latency_ms int,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, endpoint_id) references webhook_endpoints (workspace_id, id) on delete cascade
);
-- One delivery of an event to an endpoint by itself; replays by hand are rows of their own.
create unique index webhook_deliveries_once on webhook_deliveries (workspace_id, endpoint_id, event_id) where cause = 'event';
create index webhook_deliveries_due on webhook_deliveries (endpoint_id, next_at, id) where state = 'pending';
create index webhook_deliveries_newest on webhook_deliveries (workspace_id, id desc);
create index webhook_deliveries_endpoint on webhook_deliveries (workspace_id, endpoint_id, id desc);
call parley_protect('webhook_deliveries');

create table webhook_attempts (
  workspace_id text not null,
  delivery_id text not null,
  n int not null,
  at timestamptz not null default now(),
  http_status int,
  latency_ms int,
  error_kind text,
  error text,
  request_headers jsonb,
  response_headers jsonb,
  response_body text,
  primary key (workspace_id, delivery_id, n),
  foreign key (workspace_id, delivery_id) references webhook_deliveries (workspace_id, id) on delete cascade
);
call parley_protect('webhook_attempts');

-- Deliveries are born in the transaction of their event: there is no second system that could miss one.
create function fan_out_events() returns trigger
  language plpgsql as $$
begin
  insert into webhook_deliveries (workspace_id, id, endpoint_id, event_id, event_type)
  select n.workspace_id, parley_id('whd'), e.id, n.id, n.type
  from new_rows n
  join webhook_endpoints e
    on e.workspace_id = n.workspace_id
   and e.enabled
   and n.type = any (e.events)
   and (e.number_id is null or e.number_id = n.number_id)
  on conflict do nothing;
  return null;
end
$$;
create trigger fan_out after insert on events
  referencing new table as new_rows for each statement execute function fan_out_events();

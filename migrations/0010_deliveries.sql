-- Deliveries that rest while their receiver is down, keep a pace or an order when asked to, speak three formats, and
-- can be replayed by the span.

alter table events
  -- What told us, for the formats that pass it on.
  add column inbound_log_id text;

alter table webhook_endpoints
  add column rate_per_second int check (rate_per_second between 1 and 1000),
  -- One delivery of a contact after the other; contacts don't wait for each other.
  add column ordered boolean not null default false,
  -- Of several endpoints in format gupshup the one saved last gets a connector's delivery events.
  add column saved_at timestamptz not null default now(),
  -- Attempts in the present span of five minutes, from which the breaker is judged.
  add column window_at timestamptz,
  add column window_attempts int not null default 0,
  add column window_failures int not null default 0,
  -- Counts changes by people: a lane that read the endpoint before the newest must not go on with what it read.
  add column revision int not null default 0,
  -- Set while the breaker is open: when one delivery may try whether the receiver is back.
  add column probe_at timestamptz,
  add column failures_in_a_row int not null default 0,
  add column last_error_kind text,
  add column last_error text,
  add column disabled_at timestamptz,
  -- Attempts of the day and of the day before it (UTC), for the share that succeeds.
  add column day date,
  add column day_attempts int not null default 0,
  add column day_failures int not null default 0,
  add column day_before_attempts int not null default 0,
  add column day_before_failures int not null default 0;

alter table webhook_deliveries
  -- Place of the event in the diary; deliveries that are due together go out in this order.
  add column seq bigint not null default 0,
  -- The contact, at endpoints that keep an order.
  add column order_key text,
  add column replay_id text;
drop index webhook_deliveries_due;
create index webhook_deliveries_due on webhook_deliveries (endpoint_id, next_at, seq) where state = 'pending';
create index webhook_deliveries_order on webhook_deliveries (endpoint_id, order_key, seq)
  where state = 'pending' and order_key is not null;
create index webhook_deliveries_replay on webhook_deliveries (workspace_id, replay_id, state)
  where replay_id is not null;

-- A replay of many events. Its cursor is committed with the deliveries it made, so it goes on where it stopped.
create table webhook_replays (
  workspace_id text not null,
  id text not null,
  endpoint_id text not null,
  since timestamptz not null,
  until timestamptz not null,
  types text[] not null,
  outcome text not null check (outcome in ('failed', 'delivered', 'missed', 'undelivered', 'all')),
  -- stopped: the endpoint was disabled; cancelled: somebody ended it.
  state text not null default 'running' check (state in ('running', 'finished', 'stopped', 'cancelled')),
  total int not null,
  queued int not null default 0,
  -- The last event looked at.
  cursor_id text not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, endpoint_id) references webhook_endpoints (workspace_id, id) on delete cascade
);
create unique index webhook_replays_running on webhook_replays (endpoint_id) where state = 'running';
call parley_protect('webhook_replays');

-- Whether an endpoint in format gupshup is the one that gets delivery events of this number's connector.
create function takes_delivery_events(e webhook_endpoints, number text) returns boolean
  language sql stable
  return not exists (
    select from webhook_endpoints later
    where later.workspace_id = e.workspace_id and later.format = 'gupshup' and later.enabled
      and (later.saved_at, later.id) > (e.saved_at, e.id)
      and later.events && '{message.sent,message.delivered,message.read,message.failed,message.status_updated}'
      and (later.number_id is null or exists (
        select from numbers theirs
        join numbers ours on ours.workspace_id = theirs.workspace_id and ours.connector_id = theirs.connector_id
        where theirs.workspace_id = e.workspace_id and theirs.id = later.number_id and ours.id = number)));

-- Whether the event can be said in the endpoint's format. message.status_updated has the same form as the event of the
-- status itself, so an endpoint that asked for both hears it once.
create function has_webhook_form(e webhook_endpoints, n events) returns boolean
  language sql stable
  return case
    when e.format = 'normalized' then true
    when n.type = 'message.status_updated' and ('message.' || (n.data ->> 'status')) = any (e.events) then false
    when e.format = 'meta' then n.inbound_log_id is not null
    when n.type in ('message.sent', 'message.delivered', 'message.read', 'message.failed', 'message.status_updated')
      then n.data ->> 'status' <> 'played' and takes_delivery_events(e, n.number_id)
    else n.type like 'template.%' or n.type like 'account.%' or n.type = 'number.name_updated'
  end;

-- What is not about a number is not heard by endpoints for one; but an opt-out said to none of them holds for each.
create function concerns_number(e webhook_endpoints, n events) returns boolean
  language sql immutable
  return e.number_id is null or e.number_id = n.number_id
    or (n.number_id is null and n.type in ('recipient.opted_out', 'recipient.opted_in'));

create or replace function fan_out_events() returns trigger
  language plpgsql as $$
begin
  insert into webhook_deliveries (workspace_id, id, endpoint_id, event_id, event_type, seq, order_key)
  select n.workspace_id, parley_id('whd'), e.id, n.id, n.type, n.seq, case when e.ordered then n.contact_id end
  from new_rows n
  join webhook_endpoints e
    on e.workspace_id = n.workspace_id
   and e.enabled
   and n.type = any (e.events)
   and concerns_number(e, n)
   and has_webhook_form(e, n)
  on conflict do nothing;
  return null;
end
$$;

-- Where an endpoint's deliveries went, by the revision from which on: an attempt names its revision, and the log the address.
create table webhook_addresses (
  workspace_id text not null,
  endpoint_id text not null,
  revision int not null,
  destination_url text not null,
  primary key (workspace_id, endpoint_id, revision),
  foreign key (workspace_id, endpoint_id) references webhook_endpoints (workspace_id, id) on delete cascade
);
call parley_protect('webhook_addresses');
create function note_address() returns trigger
  language plpgsql as $$
begin
  insert into webhook_addresses (workspace_id, endpoint_id, revision, destination_url)
  values (new.workspace_id, new.id, new.revision, new.destination_url)
  on conflict (workspace_id, endpoint_id, revision) do update set destination_url = excluded.destination_url;
  return null;
end
$$;
create trigger first_address after insert on webhook_endpoints for each row execute function note_address();
create trigger next_address after update of destination_url on webhook_endpoints for each row
  when (new.destination_url <> old.destination_url) execute function note_address();
alter table webhook_attempts add column endpoint_revision int;

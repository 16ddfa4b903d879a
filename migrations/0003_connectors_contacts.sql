-- WhatsApp accounts, their numbers, the people who write to them, and files.

create table connectors (
  workspace_id text not null references workspaces on delete cascade,
  id text not null,
  provider text not null check (provider in ('meta', 'gupshup', 'sandbox')),
  name text not null,
  status text not null default 'PENDING' check (status in ('PENDING', 'ACTIVE', 'DEGRADED', 'DISCONNECTED')),
  -- The unguessable part of the webhook URL.
  key text not null unique,
  waba_id text,
  portfolio_id text,
  -- Whose daily limit its numbers share. Only the provider says which portfolio an account is part of; without its word
  -- nobody shares with another workspace.
  portfolio text not null generated always as (
    coalesce(provider || ':' || portfolio_id, workspace_id || ':' || coalesce(waba_id, id))) stored,
  app_id text,
  app_name text,
  credentials_sealed bytea not null,
  -- The steps of the last check, as the contract shows them.
  last_check jsonb,
  last_checked_at timestamptz,
  last_webhook_at timestamptz,
  templates_synced_at timestamptz,
  created_at timestamptz not null default now(),
  -- Anew with each reconnection: what came for nobody before then finds its way.
  connected_at timestamptz not null default now(),
  disconnected_at timestamptz,
  primary key (workspace_id, id)
);
create index connectors_waba on connectors (waba_id);
create index connectors_portfolio on connectors (portfolio);
call parley_protect('connectors');

create table numbers (
  workspace_id text not null,
  id text not null,
  connector_id text not null,
  -- Meta's phone number id, or Gupshup's source number.
  phone_number_id text not null,
  display_phone_number text not null,
  phone text not null,
  verified_name text not null default '',
  quality_rating text not null default 'UNKNOWN' check (quality_rating in ('GREEN', 'YELLOW', 'RED', 'UNKNOWN')),
  messaging_limit text,
  throughput text not null default 'STANDARD',
  -- Messages per second that the provider allows, and the lower pace an owner may have set by hand.
  pace_limit_per_second int not null default 80 check (pace_limit_per_second > 0),
  pace_override_per_second int check (pace_override_per_second > 0),
  connected boolean not null default true,
  connected_at timestamptz not null default now(),
  last_inbound_at timestamptz,
  last_outbound_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, connector_id) references connectors (workspace_id, id) on delete cascade
);
-- A number that is connected belongs to one workspace only; history of disconnected ones stays.
create unique index numbers_connected on numbers (phone_number_id) where connected;
create index numbers_connector on numbers (workspace_id, connector_id);
create unique index numbers_id on numbers (id);
call parley_protect('numbers');

create table contacts (
  workspace_id text not null references workspaces on delete cascade,
  id text not null,
  phone text check (phone ~ '^[1-9][0-9]{6,14}$'),
  user_id text,
  -- Stands for a group, whose id is the user id; groups have no phone.
  is_group boolean not null default false,
  username text,
  name text,
  profile_name text,
  attributes jsonb not null default '{}',
  opted_out_all_at timestamptz,
  opted_out_marketing_at timestamptz,
  source text not null default 'inbound',
  -- When WhatsApp told phone, user_id, username and profile_name, so that late news don't replace newer ones; name too where
  -- it comes from an address book.
  told jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  check (phone is not null or user_id is not null)
);
create unique index contacts_phone on contacts (workspace_id, phone) where phone is not null;
create unique index contacts_user on contacts (workspace_id, user_id) where user_id is not null;
-- The few who opted out, to be looked up in a list of a million before it starts.
create index contacts_opted_out on contacts (workspace_id, phone)
  where opted_out_all_at is not null or opted_out_marketing_at is not null;
-- The list of opt-outs, newest first.
create index contacts_opted_out_since on contacts
  (workspace_id, (coalesce(opted_out_all_at, opted_out_marketing_at)), id)
  where opted_out_all_at is not null or opted_out_marketing_at is not null;
call parley_protect('contacts');

-- Each change of consent with its evidence; the columns on contacts are its newest result.
create table consent_changes (
  workspace_id text not null,
  id text not null,
  contact_id text not null,
  scope text not null,
  opted_out boolean not null,
  source text not null,
  evidence jsonb not null default '{}',
  actor_id text,
  at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade
);
create index consent_changes_contact on consent_changes (workspace_id, contact_id, id);
call parley_protect('consent_changes');

create table media (
  workspace_id text not null references workspaces on delete cascade,
  id text not null,
  number_id text,
  external_id text,
  direction text not null check (direction in ('in', 'out')),
  mime_type text,
  file_name text,
  sha256 text,
  size_bytes bigint,
  state text not null default 'pending' check (state in ('pending', 'stored', 'failed')),
  error text,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, number_id) references numbers (workspace_id, id)
);
create index media_pending on media (created_at) where state = 'pending';
create unique index media_external on media (workspace_id, number_id, external_id) where external_id is not null;
call parley_protect('media');

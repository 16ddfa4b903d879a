-- What is sent, from where, when and to whom.

create table templates (
  workspace_id text not null,
  id text not null,
  connector_id text not null,
  external_id text,
  name text not null,
  language text not null,
  category text not null,
  status text not null check (status in ('DRAFT', 'PENDING', 'APPROVED', 'REJECTED', 'PAUSED', 'DISABLED', 'IN_APPEAL', 'LIMIT_EXCEEDED', 'DELETED')),
  rejected_reason text,
  quality text,
  parameter_format text not null default 'POSITIONAL',
  components jsonb not null,
  -- Per kind of change (status, category, quality) the time of the newest webhook and the marks of the last ones,
  -- so that a repeated or a late one changes nothing.
  reviews jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, connector_id, name, language),
  foreign key (workspace_id, connector_id) references connectors (workspace_id, id) on delete cascade
);
create index templates_external on templates (workspace_id, external_id);
call parley_protect('templates');

create table campaigns (
  workspace_id text not null,
  id text not null,
  name text not null,
  number_id text not null,
  time_zone text not null,
  schedule jsonb not null,
  exceptions jsonb not null default '[]',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, name),
  foreign key (workspace_id, number_id) references numbers (workspace_id, id)
);
call parley_protect('campaigns');

create table campaign_templates (
  workspace_id text not null,
  campaign_id text not null,
  template_id text not null,
  primary key (workspace_id, campaign_id, template_id),
  foreign key (workspace_id, campaign_id) references campaigns (workspace_id, id) on delete cascade,
  foreign key (workspace_id, template_id) references templates (workspace_id, id) on delete cascade
);
call parley_protect('campaign_templates');

create table hubs (
  workspace_id text not null,
  id text not null,
  name text not null,
  campaign_id text not null,
  channel text not null check (channel = 'whatsapp'),
  enabled boolean not null default true,
  template_id text,
  -- Own ranges inside the campaign's; null means the campaign's.
  schedule jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- A hub that sent lists is kept for their sake, but shown no more.
  deleted_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaigns (workspace_id, id),
  foreign key (workspace_id, template_id) references templates (workspace_id, id)
);
create unique index hubs_name on hubs (workspace_id, name) where deleted_at is null;
call parley_protect('hubs');

create table lists (
  workspace_id text not null,
  id text not null,
  hub_id text not null,
  number_id text not null,
  name text not null,
  state text not null check (state in ('importing', 'draft', 'ready', 'scheduled', 'running', 'paused', 'finished', 'cancelled')),
  -- Rises with each change of state, so that two people who press a button at once get one effect.
  version int not null default 0,
  file_name text,
  file_key text,
  -- Column names in the order of the file, and the match as the contract shows it.
  columns jsonb not null default '[]',
  match jsonb,
  -- What we would match, and the match that the problems of the rows stand for.
  suggested_match jsonb,
  checked_match jsonb,
  template_id text,
  starts_at timestamptz,
  -- The share of the file that was read, or of the rows that were checked, from 0 to 1.
  import_progress real not null default 0,
  -- Rows read from the file, rows that can't be sent to, and how far start has made messages of them.
  rows_read int not null default 0,
  rows_refused int not null default 0,
  expanded_to text,
  expanded_at timestamptz,
  import_error text,
  pause_reason text,
  -- Why nothing goes out although the list runs (outside the schedule, hub disabled), and until when.
  waits_reason text,
  waits_until timestamptz,
  -- Messages per second that went out lately; stale when rate_at is more than seconds old.
  rate_per_second real not null default 0,
  rate_at timestamptz,
  weight int not null default 1 check (weight between 1 and 100),
  created_by text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, hub_id) references hubs (workspace_id, id),
  foreign key (workspace_id, number_id) references numbers (workspace_id, id),
  foreign key (workspace_id, template_id) references templates (workspace_id, id)
);
create index lists_hub on lists (workspace_id, hub_id, id);
create index lists_active on lists (number_id, id) where state in ('scheduled', 'running');
call parley_protect('lists');

-- One row of a list's file. A row with a problem is kept, shown and left out.
create table recipients (
  workspace_id text not null,
  list_id text not null,
  id text not null,
  row_number int not null,
  phone text,
  -- People know a phone by its last digits. A column, because under row-level security no index on an expression is used.
  phone_backwards text generated always as (reverse(phone)) stored,
  -- Of people who show no phone, or beside it.
  user_id text,
  person text generated always as (coalesce(phone, user_id)) stored,
  contact_id text,
  -- The cells of the row, in the order of the list's columns.
  cells jsonb not null,
  -- A code and, behind a colon, its detail: 'invalid_phone:too_short', 'missing_variable:2', 'duplicate'.
  problem text,
  primary key (workspace_id, list_id, id),
  foreign key (workspace_id, list_id) references lists (workspace_id, id) on delete cascade
);
create unique index recipients_row on recipients (workspace_id, list_id, row_number);
-- Nobody stands in a list twice: a second row with the same phone, or the same user id without one, carries the problem
-- "duplicate".
create unique index recipients_person on recipients (workspace_id, list_id, person) where problem is distinct from 'duplicate';
create index recipients_phone_end on recipients (workspace_id, list_id, phone_backwards);
create index recipients_problem on recipients (workspace_id, list_id, id) where problem is not null;
call parley_protect('recipients');

-- Changes of the counts of a list, written with the change itself and merged every second.
create table list_count_deltas (
  id bigint generated always as identity primary key,
  workspace_id text not null,
  list_id text not null,
  bucket text not null,
  reason text not null default '',
  n int not null
);
call parley_protect('list_count_deltas');

create table list_counts (
  workspace_id text not null,
  list_id text not null,
  bucket text not null,
  reason text not null default '',
  n bigint not null,
  primary key (workspace_id, list_id, bucket, reason),
  foreign key (workspace_id, list_id) references lists (workspace_id, id) on delete cascade
);
call parley_protect('list_counts');

-- What providers say about accounts, numbers and templates, as it came to pass; and what people should know of.

-- One line for each thing told or learnt, never changed. The newest of a topic and aspect is how it stands.
create table account_changes (
  workspace_id text not null,
  id text not null,
  connector_id text not null,
  -- Null for what concerns the whole account.
  number_id text,
  topic text not null,
  -- Which of several that stand beside each other: a flow and its trouble, a kind of alert.
  aspect text not null default '',
  -- The provider's word: ACCOUNT_RESTRICTION, FLAGGED, APPROVED.
  change text not null,
  previous text,
  value text,
  -- What else was said: the kind of a violation, restrictions with their ends, who asked for a PIN.
  details jsonb not null default '{}',
  at timestamptz not null,
  received_at timestamptz not null default now(),
  -- Null: learnt by asking the provider.
  inbound_log_id text,
  -- Content and time in one: providers give such news no id.
  mark text not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, connector_id) references connectors (workspace_id, id) on delete cascade
);
create unique index account_changes_once on account_changes (workspace_id, connector_id, coalesce(number_id, ''), mark);
create index account_changes_topic on account_changes (workspace_id, connector_id, topic, at desc);
create index account_changes_newest on account_changes (workspace_id, connector_id, id desc);
call parley_protect('account_changes');

-- The same of templates. `step` parts a coming change of category from one that is done.
create table template_changes (
  workspace_id text not null,
  id text not null,
  template_id text not null,
  topic text not null check (topic in ('status', 'category', 'quality')),
  step text not null default 'done' check (step in ('done', 'announced', 'detected', 'word')),
  previous text,
  value text,
  reason text,
  takes_effect_at timestamptz,
  at timestamptz not null,
  inbound_log_id text,
  primary key (workspace_id, id),
  foreign key (workspace_id, template_id) references templates (workspace_id, id) on delete cascade
);
create index template_changes_newest on template_changes (workspace_id, template_id, id desc);
call parley_protect('template_changes');

-- The category that the provider will change it to, and when, as far as it said so.
alter table templates
  add column coming_category text,
  add column coming_category_at timestamptz;

-- What stands in the bell. Written in the transaction of what it tells of; one open notice of a kind for a subject and aspect.
create table notices (
  workspace_id text not null references workspaces on delete cascade,
  id text not null,
  kind text not null,
  -- Empty where it concerns the workspace as a whole.
  subject_id text not null default '',
  subject_name text not null default '',
  -- Which of several of this kind that the subject can have at a time: a flow, a kind of alert.
  aspect text not null default '',
  params jsonb not null default '{}',
  created_at timestamptz not null default now(),
  -- Over by itself, such as a restriction with its end.
  expires_at timestamptz,
  resolved_at timestamptz,
  primary key (workspace_id, id)
);
create unique index notices_open on notices (workspace_id, kind, subject_id, aspect) where resolved_at is null;
create index notices_newest on notices (workspace_id, id desc);
call parley_protect('notices');

-- A person, or an API key that acts for one, has seen it.
create table notice_reads (
  workspace_id text not null,
  notice_id text not null,
  reader_id text not null,
  read_at timestamptz not null default now(),
  primary key (workspace_id, reader_id, notice_id),
  foreign key (workspace_id, notice_id) references notices (workspace_id, id) on delete cascade
);
create index notice_reads_notice on notice_reads (workspace_id, notice_id);
call parley_protect('notice_reads');

-- Webhooks that were set aside: few, and counted for the bell. One that is worked on again counts until that has helped.
create index inbound_logs_parked on inbound_logs (workspace_id) where verdict = 'parked';
alter table inbound_logs add column parked_at timestamptz;
create index inbound_logs_set_aside on inbound_logs (workspace_id) where parked_at is not null;

-- Tenants and the people, keys and sessions that act in them.

create table workspaces (
  id text primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null,
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);
alter table workspaces enable row level security;
alter table workspaces force row level security;
create policy one_workspace on workspaces to parley_app using (id = parley_workspace());
create policy all_workspaces on workspaces to parley_worker using (true) with check (true);
grant select, update on workspaces to parley_app;
grant select, insert, update, delete on workspaces to parley_worker;

-- People and sessions belong to no workspace, so only the worker role, which signs people in, can read them.
create table people (
  id text primary key,
  email text not null,
  name text not null,
  password_hash text not null,
  totp_secret_sealed bytea,
  created_at timestamptz not null default now(),
  disabled_at timestamptz
);
create unique index people_email on people (lower(email));
grant select, insert, update on people to parley_worker;

create table sessions (
  token_hash bytea primary key,
  id text not null unique,
  person_id text not null references people on delete cascade,
  -- The workspace this browser looks at; null or no longer theirs: the first one they joined.
  workspace_id text references workspaces on delete set null,
  user_agent text,
  ip text,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sessions_person on sessions (person_id);
grant select, insert, update, delete on sessions to parley_worker;

-- Failed sign-ins per account and per address; a lock grows with each failure and runs out by itself.
create table sign_in_failures (
  key text primary key,
  failures int not null,
  locked_until timestamptz,
  updated_at timestamptz not null default now()
);
grant select, insert, update, delete on sign_in_failures to parley_worker;

create table members (
  workspace_id text not null references workspaces on delete cascade,
  person_id text not null references people on delete cascade,
  role text not null check (role in ('owner', 'admin', 'supervisor', 'agent')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, person_id)
);
create index members_person on members (person_id);
call parley_protect('members');

-- What a workspace may know of its people: never the password hash.
create view member_people with (security_barrier) as
  select m.workspace_id, m.person_id, m.role, m.created_at, p.email, p.name, p.disabled_at
  from members m join people p on p.id = m.person_id
  where m.workspace_id = parley_workspace();
grant select on member_people to parley_app;

create table invitations (
  workspace_id text not null references workspaces on delete cascade,
  id text not null,
  email text not null,
  role text not null check (role in ('owner', 'admin', 'supervisor', 'agent')),
  token_hash bytea not null unique,
  invited_by text references people,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- The link is valid for minutes, the invitation for days: until then another link can be made.
  link_expires_at timestamptz not null,
  accepted_at timestamptz,
  primary key (workspace_id, id)
);
call parley_protect('invitations');

create table api_keys (
  workspace_id text not null references workspaces on delete cascade,
  id text not null,
  name text not null,
  hint text not null,
  secret_hash bytea not null unique,
  scopes text[] not null,
  created_by text references people,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id)
);
call parley_protect('api_keys');

-- Append only: nobody but the owner of the database can change what was written.
create table audit_log (
  workspace_id text not null references workspaces on delete cascade,
  id text not null,
  at timestamptz not null default now(),
  actor_kind text not null check (actor_kind in ('person', 'api_key', 'system')),
  actor_id text not null,
  actor_name text not null,
  action text not null,
  subject_id text,
  subject_name text,
  before jsonb,
  after jsonb,
  primary key (workspace_id, id)
);
call parley_protect('audit_log');
revoke update, delete on audit_log from parley_app, parley_worker;

-- One answer per key and caller: the same request again gets the same answer.
create table idempotency_keys (
  workspace_id text not null references workspaces on delete cascade,
  caller_id text not null,
  key text not null,
  body_hash bytea not null,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (workspace_id, caller_id, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
call parley_protect('idempotency_keys');

-- The one table of all messages, in and out, the facts about them, and the threads they form.

create table messages (
  workspace_id text not null,
  id text not null,
  number_id text not null,
  contact_id text not null,
  direction text not null check (direction in ('in', 'out')),
  origin text not null check (origin in ('customer', 'agent', 'api', 'list', 'echo')),
  type text not null,
  content jsonb not null,
  -- The provider's message id (wamid), and that of the message it quotes.
  external_id text,
  context_external_id text,
  -- The provider's time for inbound messages, ours for outbound ones.
  at timestamptz not null default now(),
  created_at timestamptz not null default now(),

  -- Outbound only, from here on. States: reliability of sending; 'received' stands for everything inbound.
  state text not null check (state in ('received', 'queued', 'intent', 'accepted', 'rejected', 'unknown', 'held', 'skipped', 'cancelled', 'expired')),
  to_phone text,
  to_user_id text,
  list_id text,
  recipient_id text,
  -- 0 the first time a recipient is sent to, one more with each "retry failed".
  round int not null default 0,
  superseded boolean not null default false,
  template_id text,
  category text,
  -- 0 replies of agents, 1 API, 2 bulk.
  priority smallint not null default 1,
  sent_by text,
  next_at timestamptz not null default now(),
  -- Tries so far; with the id it names the attempt in our tagged opaque data.
  attempt int not null default 0,
  epoch bigint,
  intent_at timestamptz,
  unknown_since timestamptz,
  resolution text check (resolution in ('answer', 'callback', 'inferred', 'policy', 'operator')),
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  failed_at timestamptz,
  error_code text,
  error jsonb,
  pricing jsonb,

  -- What is shown. Positive evidence beats failure: read > delivered > failed > sent > accepted.
  status text not null generated always as (
    case
      when direction = 'in' then 'received'
      when read_at is not null then 'read'
      when delivered_at is not null then 'delivered'
      when failed_at is not null or state = 'rejected' then 'failed'
      when sent_at is not null then 'sent'
      when state = 'intent' then 'sending'
      else state
    end) stored,

  primary key (workspace_id, id),
  foreign key (workspace_id, number_id) references numbers (workspace_id, id),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade,
  foreign key (workspace_id, list_id) references lists (workspace_id, id) on delete cascade,
  foreign key (workspace_id, template_id) references templates (workspace_id, id)
);
-- Each message is updated at least twice, and every index but the partial ones is written each time: few, and with short
-- keys. Ids of numbers, lists and contacts are unique in the whole database.
-- A second delivery of the same message changes nothing.
create unique index messages_external on messages (number_id, external_id) where external_id is not null;
create unique index messages_recipient on messages (list_id, recipient_id, round) where list_id is not null;
create index messages_thread on messages (contact_id, number_id, id);
create index messages_queue on messages (number_id, priority, next_at, id) where state = 'queued' and list_id is null;
create index messages_list_queue on messages (list_id, id) where state = 'queued' and list_id is not null;
create index messages_unsettled on messages (number_id, intent_at) where state in ('intent', 'unknown');
create index messages_list_exceptions on messages (workspace_id, list_id, status, id)
  where list_id is not null and status in ('failed', 'unknown', 'held', 'skipped', 'cancelled', 'expired');
call parley_protect('messages');

-- The bucket of a list's counts that a message falls into; null when it counts in none.
create function list_bucket(m messages) returns text
  language sql immutable parallel safe
  return case
    when m.list_id is null or m.superseded then null
    when m.status = 'queued' then 'waiting'
    when m.status = 'sending' then 'sending'
    when m.status in ('accepted', 'sent') then 'sent'
    when m.status in ('delivered', 'read', 'failed') then m.status
    when m.status in ('unknown', 'held') then 'unknown'
    else 'skipped'
  end;

-- Counts follow the rows in the same transaction, whichever statement changed them.
create function count_list_messages() returns trigger
  language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into list_count_deltas (workspace_id, list_id, bucket, reason, n)
    select n.workspace_id, n.list_id, list_bucket(n), '', count(*)
    from new_rows n where n.list_id is not null and list_bucket(n) is not null
    group by 1, 2, 3;
  else
    insert into list_count_deltas (workspace_id, list_id, bucket, reason, n)
    select workspace_id, list_id, bucket, reason, sum(n)
    from (
      select n.workspace_id, n.list_id, list_bucket(n) as bucket,
             case when list_bucket(n) in ('failed', 'skipped') then coalesce(n.error_code, '') else '' end as reason, 1 as n
      from new_rows n where n.list_id is not null
      union all
      select o.workspace_id, o.list_id, list_bucket(o),
             case when list_bucket(o) in ('failed', 'skipped') then coalesce(o.error_code, '') else '' end, -1
      from old_rows o where o.list_id is not null
    ) as changed
    where bucket is not null
    group by 1, 2, 3, 4
    having sum(n) <> 0;
  end if;
  return null;
end
$$;
create trigger count_inserted after insert on messages
  referencing new table as new_rows for each statement execute function count_list_messages();
create trigger count_updated after update on messages
  referencing new table as new_rows old table as old_rows for each statement execute function count_list_messages();

-- A contact that is erased takes its messages along; its recipient then counts as skipped, or the list would wait for it.
create function count_erased_messages() returns trigger
  language plpgsql as $$
begin
  insert into list_count_deltas (workspace_id, list_id, bucket, reason, n)
  select workspace_id, list_id, bucket, reason, sum(n)
  from (
    select o.workspace_id, o.list_id, list_bucket(o) as bucket,
           case when list_bucket(o) in ('failed', 'skipped') then coalesce(o.error_code, '') else '' end as reason, -1 as n
    from old_rows o where o.list_id is not null
    union all
    select o.workspace_id, o.list_id, 'skipped', 'erased', 1
    from old_rows o where o.list_id is not null and not o.superseded
  ) as changed
  where bucket is not null
  group by 1, 2, 3, 4;
  return null;
end
$$;
create trigger count_erased after delete on messages
  referencing old table as old_rows for each statement execute function count_erased_messages();

-- Whether a list may send just now, as the hub and its schedule allow: lanes look here and nowhere else.
-- A gate shuts by itself at sends_until, so nothing leaves outside the schedule even when nobody is there to shut it.
create table list_gates (
  workspace_id text not null,
  list_id text not null,
  number_id text not null,
  weight int not null default 1,
  sends_until timestamptz,
  primary key (workspace_id, list_id),
  foreign key (workspace_id, list_id) references lists (workspace_id, id) on delete cascade
);
create index list_gates_number on list_gates (number_id, list_id) where sends_until is not null;
call parley_protect('list_gates');

-- Each try to send, committed before the first byte goes out.
create table message_attempts (
  workspace_id text not null,
  message_id text not null,
  n int not null,
  epoch bigint not null,
  owner text not null,
  intent_at timestamptz not null default now(),
  ended_at timestamptz,
  http_status int,
  outcome text check (outcome in ('accepted', 'later', 'refused', 'unknown', 'unsent')),
  error_code text,
  primary key (workspace_id, message_id, n),
  foreign key (workspace_id, message_id) references messages (workspace_id, id) on delete cascade
) with (fillfactor = 50); -- Each row is updated once, soon, in columns without an index: room for that on its page.
call parley_protect('message_attempts');

-- Facts: one row per message, kind and recipient, however often and in whatever order they are told.
create table message_statuses (
  workspace_id text not null,
  message_id text not null,
  kind text not null check (kind in ('sent', 'delivered', 'read', 'played', 'failed')),
  recipient text not null default '',
  at timestamptz,
  received_at timestamptz not null default now(),
  inbound_log_id text,
  error jsonb,
  pricing jsonb,
  primary key (workspace_id, message_id, kind, recipient),
  foreign key (workspace_id, message_id) references messages (workspace_id, id) on delete cascade
);
call parley_protect('message_statuses');

-- Statuses of messages we don't know (yet): the answer that names them may still be on its way.
create table orphan_statuses (
  workspace_id text not null,
  number_id text not null,
  external_id text not null,
  kind text not null,
  recipient text not null default '',
  fact jsonb not null,
  inbound_log_id text,
  received_at timestamptz not null default now(),
  primary key (workspace_id, number_id, external_id, kind, recipient),
  foreign key (workspace_id, number_id) references numbers (workspace_id, id) on delete cascade
);
call parley_protect('orphan_statuses');

-- Reactions stand beside the message they belong to; an empty emoji takes one back.
create table message_reactions (
  workspace_id text not null,
  number_id text not null,
  target_external_id text not null,
  direction text not null check (direction in ('in', 'out')),
  emoji text not null,
  at timestamptz not null,
  primary key (workspace_id, number_id, target_external_id, direction),
  foreign key (workspace_id, number_id) references numbers (workspace_id, id) on delete cascade
);
call parley_protect('message_reactions');

-- The thread between a number and a contact; its messages are those of the pair.
create table conversations (
  workspace_id text not null,
  id text not null,
  number_id text not null,
  contact_id text not null,
  state text not null default 'open' check (state in ('open', 'pending', 'closed', 'snoozed')),
  assignee_id text,
  last_message_id text,
  last_message_at timestamptz not null default now(),
  last_inbound_at timestamptz,
  -- When the 24 h customer service window ends; null when the customer never wrote.
  window_expires_at timestamptz,
  unread_count int not null default 0,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number_id, contact_id),
  foreign key (workspace_id, number_id) references numbers (workspace_id, id),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade,
  foreign key (workspace_id, assignee_id) references members (workspace_id, person_id) on delete set null (assignee_id)
);
create index conversations_newest on conversations (workspace_id, last_message_at desc, id desc);
call parley_protect('conversations');

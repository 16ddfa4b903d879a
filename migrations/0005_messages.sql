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
  -- After this it is of no use to anybody; null: it can wait.
  send_by timestamptz,
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

  -- The shown status where it needs somebody's eye, null on the straight way from queued to read. Indexes of lists stand on
  -- this column: they are left alone by updates that don't change it.
  exception text generated always as (
    case
      when direction = 'in' or read_at is not null or delivered_at is not null then null
      when failed_at is not null or state = 'rejected' then 'failed'
      when sent_at is not null then null
      when state in ('unknown', 'held', 'skipped', 'cancelled', 'expired') then state
    end) stored,
  -- The provider's id of what came in; those of what went out stand in outbound_external_ids.
  inbound_external_id text generated always as (case when direction = 'in' then external_id end) stored,

  primary key (workspace_id, id),
  foreign key (workspace_id, number_id) references numbers (workspace_id, id),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade,
  foreign key (workspace_id, list_id) references lists (workspace_id, id) on delete cascade,
  foreign key (workspace_id, template_id) references templates (workspace_id, id)
) with (fillfactor = 50); -- Room on the page for the next version of each row: see below.
-- Each message that goes out is updated at least twice. No index holds a column that changes on its way from queued to
-- read, so these updates write no index at all. What is due, in flight or named by the provider is found by narrow tables.
-- Ids of numbers, lists and contacts are unique in the whole database.
-- A second delivery of the same message changes nothing.
create unique index messages_inbound on messages (number_id, inbound_external_id) where inbound_external_id is not null;
-- What customers wrote within the last second counts in the limit of the number.
create index messages_inbound_lately on messages (number_id, created_at) where direction = 'in';
create unique index messages_recipient on messages (list_id, recipient_id, round) where list_id is not null;
-- In the order of time, however late a webhook comes.
create index messages_thread on messages (contact_id, number_id, at, id);
create index messages_unsettled on messages (workspace_id, id) where exception in ('unknown', 'held');
create index messages_list_exceptions on messages (workspace_id, list_id, exception, recipient_id)
  where list_id is not null and exception is not null;
call parley_protect('messages');

-- What waits to be sent: one narrow row for each queued message, deleted by the statement that makes it an intent.
-- A row whose message is queued no more means nothing; the claim that meets it throws it away.
create table send_queue (
  workspace_id text not null,
  message_id text not null,
  number_id text not null,
  list_id text,
  priority smallint not null,
  next_at timestamptz not null
);
create unique index send_queue_list on send_queue (list_id, message_id) where list_id is not null;
create index send_queue_direct on send_queue (number_id, priority, next_at, message_id) where list_id is null;
call parley_protect('send_queue');

-- The next rows in the order of an index, locked. Functions of their own for the settings: a list that has just been queued
-- looks small to a planner without statistics, which would then read and sort the whole of it for each claim. They say that
-- they return one row: whoever plans with more would rather read all messages while the table is small, and go on doing so.
create function due_of_list(of_list text, behind text, most int)
  returns table (place tid, workspace_id text, message_id text)
  language plpgsql volatile rows 1
  set enable_bitmapscan = off set enable_seqscan = off set enable_sort = off as $$
begin
  return query
    select q.ctid, q.workspace_id, q.message_id from send_queue q
    where q.list_id = of_list and q.message_id > behind and q.next_at <= now()
    order by q.message_id
    limit most
    for update skip locked;
end
$$;
create function due_directly(of_number text, of_priority int, most int)
  returns table (place tid, workspace_id text, message_id text)
  language plpgsql volatile rows 1
  set enable_bitmapscan = off set enable_seqscan = off set enable_sort = off as $$
begin
  return query
    select q.ctid, q.workspace_id, q.message_id from send_queue q
    where q.list_id is null and q.number_id = of_number and q.priority = of_priority and q.next_at <= now()
    order by q.next_at, q.message_id
    limit most
    for update skip locked;
end
$$;

-- The provider's ids of messages that went out. Without a foreign key: each row is written together with its message,
-- and goes with it by the trigger below.
create table outbound_external_ids (
  workspace_id text not null,
  number_id text not null,
  external_id text not null,
  message_id text not null,
  -- WhatsApp's own id, where the provider answers with another.
  is_alias boolean not null default false,
  primary key (number_id, external_id)
);
create index outbound_external_ids_alias on outbound_external_ids (message_id) where is_alias;
call parley_protect('outbound_external_ids');

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

-- Why it failed or was left out; of what was accepted, whether WhatsApp holds it for quality assessment.
create function list_reason(m messages) returns text
  language sql immutable parallel safe
  return case
    when list_bucket(m) in ('failed', 'skipped') then coalesce(m.error_code, '')
    when m.status = 'accepted' and m.error_code = 'held_for_quality_assessment' then m.error_code
    else ''
  end;

-- Messages enter the queue, the ids and the counts in the statement that writes them.
create function enter_messages() returns trigger
  language plpgsql as $$
declare
  has record;
begin
  select bool_or(state = 'queued') as queued, bool_or(list_id is not null) as counted,
         bool_or(direction = 'out' and external_id is not null) as named
  into has from new_rows;
  if has.queued then
    insert into send_queue (workspace_id, message_id, number_id, list_id, priority, next_at)
    select workspace_id, id, number_id, list_id, priority, next_at from new_rows where state = 'queued';
  end if;
  if has.named then
    insert into outbound_external_ids (workspace_id, number_id, external_id, message_id)
    select workspace_id, number_id, external_id, id from new_rows where direction = 'out' and external_id is not null;
  end if;
  if has.counted then
    insert into list_count_deltas (workspace_id, list_id, bucket, reason, n)
    select n.workspace_id, n.list_id, list_bucket(n), '', count(*)
    from new_rows n where n.list_id is not null and list_bucket(n) is not null
    group by 1, 2, 3;
  end if;
  return null;
end
$$;
create trigger enter_messages after insert on messages
  referencing new table as new_rows for each statement execute function enter_messages();

-- Queue and counts follow the rows in the same transaction, whichever statement changed them. Transition tables have no
-- index: joined by loops, as lanes plan everything, a thousand rows would cost a million comparisons.
create function follow_messages() returns trigger
  language plpgsql
  set enable_hashjoin = on as $$
begin
  if exists (select from new_rows where state = 'queued') then
    update send_queue q set next_at = n.next_at
    from new_rows n join old_rows o on o.workspace_id = n.workspace_id and o.id = n.id
    where n.state = 'queued' and o.state = 'queued' and n.next_at <> o.next_at
      and (q.list_id = n.list_id or (n.list_id is null and q.list_id is null and q.number_id = n.number_id))
      and q.message_id = n.id;
    insert into send_queue (workspace_id, message_id, number_id, list_id, priority, next_at)
    select n.workspace_id, n.id, n.number_id, n.list_id, n.priority, n.next_at
    from new_rows n join old_rows o on o.workspace_id = n.workspace_id and o.id = n.id
    where n.state = 'queued' and o.state <> 'queued'
    on conflict do nothing;
  end if;
  insert into list_count_deltas (workspace_id, list_id, bucket, reason, n)
  select workspace_id, list_id, bucket, reason, sum(n)
  from (
    select n.workspace_id, n.list_id, list_bucket(n) as bucket,
           list_reason(n) as reason, 1 as n
    from new_rows n where n.list_id is not null
    union all
    select o.workspace_id, o.list_id, list_bucket(o),
           list_reason(o), -1
    from old_rows o where o.list_id is not null
  ) as changed
  where bucket is not null
  group by 1, 2, 3, 4
  having sum(n) <> 0;
  return null;
end
$$;
create trigger follow_messages after update on messages
  referencing new table as new_rows old table as old_rows for each statement execute function follow_messages();

-- A contact that is erased takes its messages along, and they what hangs on them: cascades by foreign keys would cost a
-- look-up for each attempt and each status ever written. Its recipient then counts as skipped, or the list would wait for it.
create function leave_messages() returns trigger
  language plpgsql as $$
begin
  delete from send_queue q using old_rows o where q.list_id = o.list_id and q.message_id = o.id;
  delete from send_queue q using old_rows o
  where o.list_id is null and q.list_id is null and q.number_id = o.number_id and q.message_id = o.id;
  delete from outbound_external_ids e using old_rows o
  where e.number_id = o.number_id and e.external_id = o.external_id and e.message_id = o.id;
  delete from outbound_external_ids e using old_rows o where e.is_alias and e.message_id = o.id;
  delete from message_attempts a using old_rows o where a.workspace_id = o.workspace_id and a.message_id = o.id;
  delete from message_statuses f using old_rows o where f.workspace_id = o.workspace_id and f.message_id = o.id;
  insert into list_count_deltas (workspace_id, list_id, bucket, reason, n)
  select workspace_id, list_id, bucket, reason, sum(n)
  from (
    select o.workspace_id, o.list_id, list_bucket(o) as bucket,
           list_reason(o) as reason, -1 as n
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
create trigger leave_messages after delete on messages
  referencing old table as old_rows for each statement execute function leave_messages();

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
  primary key (workspace_id, message_id, n)
);
-- In flight, or left behind by a process that is gone.
create index message_attempts_open on message_attempts (intent_at) where ended_at is null;
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
  -- What WhatsApp counts the message to: {id, origin, expires_at}.
  conversation jsonb,
  primary key (workspace_id, message_id, kind, recipient)
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
  -- When we wrote last in the Business app: what the customer wrote before was read there.
  echoed_at timestamptz,
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

-- What sending decides and remembers beside the messages themselves: unknown outcomes, restrictions, the daily limit.

-- What happens to a UTILITY message whose outcome stays unknown; MARKETING is always held, AUTHENTICATION expires.
create table sending_policies (
  workspace_id text primary key references workspaces on delete cascade,
  utility_unknown text not null default 'hold' check (utility_unknown in ('hold', 'resend')),
  changed_at timestamptz not null default now()
);
call parley_protect('sending_policies');

-- Every permission to send again what may have been sent already. `attempt` is the try of which nobody knows.
create table message_resends (
  workspace_id text not null,
  id text not null,
  message_id text not null,
  attempt int not null,
  decided_by text not null check (decided_by in ('policy', 'operator')),
  actor_name text,
  at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, message_id, attempt),
  foreign key (workspace_id, message_id) references messages (workspace_id, id) on delete cascade
);
call parley_protect('message_resends');

-- The index messages_unsettled finds what waits for a decision.

-- Attempts are written in the order of time: a few pages tell what went out around a moment.
create index message_attempts_when on message_attempts using brin (intent_at) with (pages_per_range = 32);

-- Since when an owner holds its lease; renewals leave it alone.
alter table leases add column held_since timestamptz;
create function note_lease_taken() returns trigger
  language plpgsql as $$
begin
  new.held_since := clock_timestamp();
  return new;
end
$$;
create trigger lease_taken before update on leases
  for each row when (new.epoch <> old.epoch) execute function note_lease_taken();
create trigger lease_first_taken before insert on leases for each row execute function note_lease_taken();

-- Why a number's lane stands still for the provider's sake, and until when: the next lane must know, and people ask. Written
-- when a longer stop begins or moves, cleared when it is over. `too_fast_told`: how often a status said of a message, after
-- it was accepted, that the number had been too fast.
create table slow_downs (
  workspace_id text not null,
  number_id text not null,
  reason text check (reason in ('too_fast', 'asked_to_wait', 'no_clear_answers', 'unreachable')),
  since timestamptz,
  until timestamptz,
  too_fast_told bigint not null default 0,
  primary key (workspace_id, number_id),
  foreign key (workspace_id, number_id) references numbers (workspace_id, id) on delete cascade,
  check ((reason is null) = (since is null) and (reason is null) = (until is null))
);
call parley_protect('slow_downs');
-- A stop outlives its time for as long as the provider is asked whether it is over; what a killed process left, no longer.
create function stop_stands(s slow_downs) returns boolean
  language sql stable as $$
  select s.until > now() - interval '15 seconds'
$$;

-- Who got so many messages of a number at once that the next lane must know of it: until when none of them counts.
create table crowded_pairs (
  workspace_id text not null,
  number_id text not null,
  contact_id text not null,
  free_at timestamptz not null,
  primary key (workspace_id, number_id, contact_id),
  foreign key (workspace_id, number_id) references numbers (workspace_id, id) on delete cascade,
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade
);
create index crowded_pairs_contact on crowded_pairs (workspace_id, contact_id);
call parley_protect('crowded_pairs');

-- A list that the governor paused: until when, if the cause has an end, and whether it may go on by itself.
alter table lists
  add column auto_resume boolean not null default false,
  add column pause_until timestamptz,
  -- The cause that somebody resumed the list in spite of; it stops nothing until it has ended once.
  add column resumed_despite text;
create index lists_resumable on lists (id) where state = 'paused' and auto_resume;

-- What the provider forbids an account, as long as it lasts; without an end, until it says so.
create table account_restrictions (
  workspace_id text not null,
  connector_id text not null,
  kind text not null check (kind in ('restricted', 'disabled')),
  until timestamptz,
  told_at timestamptz not null,
  primary key (workspace_id, connector_id, kind),
  foreign key (workspace_id, connector_id) references connectors (workspace_id, id) on delete cascade
);
call parley_protect('account_restrictions');

-- The daily limit: people written to first within 24 hours. The provider counts them per portfolio, whoever sends, so the
-- ledger is one for all workspaces whose numbers belong to it. A workspace learns counts from it, never people: tables are
-- open to workers only, and what the app may ask stands in functions that answer with numbers.
create procedure parley_keep_for_workers(table_name regclass)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', table_name);
  execute format('alter table %s force row level security', table_name);
  execute format('create policy workers_only on %s to parley_worker using (true) with check (true)', table_name);
  execute format('grant select, insert, update, delete on %s to parley_worker', table_name);
end
$$;

create table portfolio_recipients (
  portfolio text not null,
  -- Phone, or user id of whoever shows none: two workspaces may know the same person. Gone when the day is over; of somebody
  -- who was erased no name is left.
  person text not null,
  reserved_at timestamptz not null,
  -- The message that counts, and when the person was written to before it, should it be refused.
  message_id text,
  prior_at timestamptz,
  primary key (portfolio, person)
);
-- Always true, and only to keep lookups of single people off it: without statistics it looks as good for them as the key.
create index portfolio_recipients_oldest on portfolio_recipients (portfolio, reserved_at) where reserved_at is not null;
create index portfolio_recipients_message on portfolio_recipients (message_id);
call parley_keep_for_workers('portfolio_recipients');

-- One row to lock per portfolio, with the number of rows above, so that nobody counts 100,000 of them for each claim.
create table portfolio_usage (
  portfolio text primary key,
  used int not null default 0
);
call parley_keep_for_workers('portfolio_usage');

-- What became known of messages: that they did not go after all, or that they did in spite of it. Only added to, so whoever
-- writes a message waits for nobody; the next who holds the portfolio's lock takes it in, the last word on each message.
create table portfolio_notes (
  portfolio text not null,
  n bigint generated always as identity,
  message_id text not null,
  went boolean not null,
  -- Of one that did not go: the place it had, and whether a callback may still disprove it.
  person text,
  reserved_at timestamptz,
  is_open boolean not null default false,
  primary key (portfolio, n)
);
create index portfolio_notes_message on portfolio_notes (message_id);
call parley_keep_for_workers('portfolio_notes');

-- Whose place was given back on a word that a callback may still disprove. Kept for the day for which the place was taken.
create table portfolio_given_back (
  portfolio text not null,
  message_id text not null,
  person text not null,
  reserved_at timestamptz not null,
  primary key (message_id, portfolio)
);
create index portfolio_given_back_oldest on portfolio_given_back (portfolio, reserved_at);
call parley_keep_for_workers('portfolio_given_back');

create function portfolio_of(of_workspace text, of_number text) returns text
  language sql stable parallel safe
  return (
    select c.portfolio
    from numbers n join connectors c on c.workspace_id = n.workspace_id and c.id = n.connector_id
    where n.workspace_id = of_workspace and n.id = of_number);

-- As the ledger knows a contact.
create function person_of(phone text, user_id text) returns text
  language sql immutable parallel safe
  return coalesce(phone, user_id);

-- TIER_250, TIER_2K, TIER_100K … as a number; null for TIER_UNLIMITED and what nobody knows.
create function people_of_tier(tier text) returns int
  language sql immutable parallel safe
  return substring(tier from '^TIER_(\d{1,6})K?$')::int * case when tier like '%K' then 1000 else 1 end;

-- The provider gives a portfolio the highest limit of its numbers, whosever they are; null when it has none.
create function portfolio_limit(of_portfolio text) returns int
  language sql stable parallel safe security definer set search_path = public, pg_temp
  return (
    select case when bool_or(n.messaging_limit = 'TIER_UNLIMITED') then null else max(people_of_tier(n.messaging_limit)) end
    from connectors c
    join numbers n on n.workspace_id = c.workspace_id and n.connector_id = c.id and n.connected
    where c.portfolio = of_portfolio);

-- Takes the portfolio's lock, takes in what became known, drops what is a day old, and says how many are left in use.
create function settle_portfolio(of_portfolio text) returns int
  language plpgsql as $$
declare
  told portfolio_notes[];
  places tid[];
  day_ago timestamptz;
  freed int;
  proven int := 0;
  total int;
begin
  insert into portfolio_usage (portfolio) values (of_portfolio) on conflict do nothing;
  perform from portfolio_usage where portfolio = of_portfolio for update;
  day_ago := clock_timestamp() - interval '24 hours';

  -- This runs in every claim: each statement reads only what it changes, however many people the day has, and whatever
  -- the planner knows of them ("offset 0" keeps the lookups lookups).
  with taken as (delete from portfolio_notes where portfolio = of_portfolio returning *),
  newest as (
    select distinct on (message_id) portfolio, n, message_id, went, person, reserved_at, is_open
    from taken order by message_id, n desc
  )
  select coalesce(array_agg(row(newest.*)::portfolio_notes), '{}') into told from newest;
  if cardinality(told) > 0 then
    places := array(
      select r.place from unnest(told) as t
      cross join lateral (
        select ctid as place from portfolio_recipients where message_id = t.message_id offset 0) r
      where not t.went);
    update portfolio_recipients set reserved_at = coalesce(prior_at, '-infinity'), prior_at = null, message_id = null
    where ctid = any (places) and portfolio = of_portfolio;
    insert into portfolio_given_back (portfolio, message_id, person, reserved_at)
    select portfolio, message_id, person, reserved_at from unnest(told) where not went and is_open
    on conflict (message_id, portfolio) do update set reserved_at = excluded.reserved_at;
  end if;

  places := array(
    select ctid from portfolio_recipients where portfolio = of_portfolio and reserved_at <= day_ago
    order by reserved_at
    limit 5000);
  delete from portfolio_recipients where ctid = any (places);
  get diagnostics freed = row_count;
  delete from portfolio_given_back where portfolio = of_portfolio and reserved_at <= day_ago;

  if cardinality(told) > 0 then
    proven := count_proven(of_portfolio, array(select message_id from unnest(told) where went));
  end if;
  update portfolio_usage set used = used - freed + proven where portfolio = of_portfolio returning used into total;
  return total;
end
$$;

-- Messages that did go, whatever was said of them, count from when they took their place. Says how many people that adds.
create function count_proven(of_portfolio text, message_ids text[]) returns int
  language plpgsql as $$
declare
  newcomers int;
begin
  with proven as (
    delete from portfolio_given_back where portfolio = of_portfolio and message_id = any (message_ids)
    returning message_id, person, reserved_at
  ),
  people as (
    select person, max(reserved_at) as reserved_at, (array_agg(message_id order by reserved_at desc))[1] as message_id,
      (array_agg(reserved_at order by reserved_at desc))[2] as prior_at
    from proven group by person
  ),
  counted as (
    insert into portfolio_recipients as r (portfolio, person, reserved_at, message_id, prior_at)
    select of_portfolio, person, reserved_at, message_id, prior_at from people
    on conflict (portfolio, person) do update
    set reserved_at = greatest(r.reserved_at, excluded.reserved_at),
        message_id = case when excluded.reserved_at > r.reserved_at then excluded.message_id else r.message_id end,
        prior_at = greatest(r.prior_at, excluded.prior_at, least(r.reserved_at, excluded.reserved_at))
  )
  select count(*) into newcomers from people p
  where not exists (select from portfolio_recipients r where r.portfolio = of_portfolio and r.person = p.person);
  return newcomers;
end
$$;

-- Which of these messages of a number may go now: people inside their window or counted already go free, others take a
-- place of the portfolio as long as there is one. The rest is put off, but not for long: the tier may rise and places may
-- be given back at any moment. A list's gate shuts within a second, so its messages are looked at again only once it opens.
create function reserve_daily_limit(of_number text, message_ids text[]) returns setof text
  language plpgsql as $$
declare
  w text;
  p text;
  allowed int;
  room int;
  granted_ids text[];
  newcomers int;
begin
  if cardinality(message_ids) = 0 then return; end if;
  select workspace_id, portfolio_of(workspace_id, id) into w, p from numbers where id = of_number;
  allowed := portfolio_limit(p);
  if allowed is null then
    return query select unnest(message_ids);
    return;
  end if;
  room := allowed - settle_portfolio(p);

  with asked as (
    -- "offset 0": a lookup for each of them, whatever the planner knows of the tables.
    select m.id, c.person, m.priority,
      exists (
        select from portfolio_recipients r where r.portfolio = p and r.person = c.person offset 0) as is_counted,
      exists (
        select from conversations v
        where v.workspace_id = w and v.number_id = of_number and v.contact_id = m.contact_id
          and v.window_expires_at > now() offset 0) as in_window
    from unnest(message_ids) as a(id)
    join messages m on m.workspace_id = w and m.id = a.id
    cross join lateral (
      select person_of(phone, user_id) as person from contacts
      where workspace_id = w and id = m.contact_id offset 0) c
  ),
  people as (
    select person, row_number() over (order by min(priority), min(id)) as place
    from asked where not in_window and not is_counted group by person
  ),
  granted as (
    select a.id, a.person, a.in_window, n.place is not null as is_new
    from asked a left join people n on n.person = a.person
    where a.in_window or a.is_counted or n.place <= room
  ),
  written as (
    insert into portfolio_recipients as r (portfolio, person, reserved_at, message_id)
    select distinct on (person) p, person, clock_timestamp(), id
    from granted where not in_window order by person, id
    on conflict (portfolio, person) do update
    set prior_at = r.reserved_at, reserved_at = excluded.reserved_at, message_id = excluded.message_id
  )
  select coalesce(array_agg(id), '{}'), count(distinct person) filter (where is_new and not in_window)
  into granted_ids, newcomers from granted;

  update portfolio_usage set used = used + newcomers where portfolio = p and newcomers > 0;
  update messages m
  set next_at = least(
    now() + case when m.list_id is null then interval '30 seconds' else interval '5 seconds' end,
    greatest(now() + interval '1 second', (
      select min(reserved_at) + interval '24 hours' from portfolio_recipients where portfolio = p)))
  where m.workspace_id = w and m.id = any (message_ids) and m.state = 'queued' and not m.id = any (granted_ids);
  return query select unnest(granted_ids);
end
$$;

-- Whoever writes that a message did not go gives its place back, without knowing of the limit. What was put off has not
-- left: there is nothing to disprove. A place given back before may have been proven since, by a note not yet taken in.
create function note_unsent() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into portfolio_notes (portfolio, message_id, went, person, reserved_at, is_open)
  select portfolio, new.id, false, person, reserved_at, new.state <> 'queued' from portfolio_recipients
  where message_id = new.id
  union all
  select portfolio, new.id, false, person, reserved_at, true from portfolio_given_back
  where message_id = new.id and not exists (select from portfolio_recipients where message_id = new.id);
  return null;
end
$$;
create trigger note_unsent after update of state, failed_at on messages
  for each row when (
    new.delivered_at is null and (
      (old.state <> new.state and new.state in ('rejected', 'skipped', 'cancelled'))
      or (old.state = 'intent' and new.state = 'queued')
      or (old.failed_at is null and new.failed_at is not null)))
  execute function note_unsent();

-- And whoever learns that it went all the same.
create function note_proven() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into portfolio_notes (portfolio, message_id, went)
  select portfolio, new.id, true from portfolio_given_back where message_id = new.id
  union
  select portfolio, new.id, true from portfolio_notes where message_id = new.id and is_open;
  return null;
end
$$;
create trigger note_proven after update of state, delivered_at on messages
  for each row when (
    (new.state = 'accepted' and old.state in ('queued', 'skipped', 'cancelled')
      and (new.failed_at is null or new.delivered_at is not null))
    or (old.delivered_at is null and new.delivered_at is not null and new.failed_at is not null))
  execute function note_proven();

-- From here on: what a workspace may ask of its portfolios.

-- Who counts just now, and when they were written to; notes that wait to be taken in are respected. It names people, so
-- only those may ask it who may read the ledger.
create function portfolio_people(of_portfolio text) returns table (person text, reserved_at timestamptz)
  language sql stable set enable_hashjoin = on
begin atomic
  with last as materialized (
    select distinct on (message_id) message_id, went from portfolio_notes
    where portfolio = of_portfolio order by message_id, n desc
  )
  select r.person, r.reserved_at from portfolio_recipients r
  left join last on last.message_id = r.message_id and not last.went and r.prior_at is null
  where r.portfolio = of_portfolio and r.reserved_at > now() - interval '24 hours' and last.message_id is null
  union all
  select g.person, g.reserved_at from portfolio_given_back g join last on last.message_id = g.message_id and last.went
  where g.portfolio = of_portfolio and g.reserved_at > now() - interval '24 hours'
    and not exists (
      select from portfolio_recipients r where r.portfolio = of_portfolio and r.person = g.person);
end;

create function portfolio_places(of_portfolio text) returns table (reserved_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic select p.reserved_at from portfolio_people(of_portfolio) p; end;

-- Places that are free as the sender counts, which costs one row and not 100,000; a little low after a quiet day. null
-- without a limit.
create function portfolio_room(of_portfolio text) returns int
  language sql stable security definer set search_path = public, pg_temp
  return portfolio_limit(of_portfolio)
    - coalesce((select used from portfolio_usage where portfolio = of_portfolio), 0);

-- null: there is a place. Else when the next one falls free; a portfolio without a limit has always one.
create function portfolio_frees_at(of_portfolio text) returns timestamptz
  language sql stable security definer set search_path = public, pg_temp
  return (
    select case
      when u.used < portfolio_limit(of_portfolio) or portfolio_limit(of_portfolio) is null then null
      when exists (select from portfolio_notes f where f.portfolio = of_portfolio and not f.went) then null
      else (
        select case when r.reserved_at > now() - interval '24 hours' then r.reserved_at + interval '24 hours' end
        from portfolio_recipients r
        where r.portfolio = of_portfolio
        order by r.reserved_at limit 1)
    end
    from portfolio_usage u
    where u.portfolio = of_portfolio);

-- How many connected numbers draw on it, those of other workspaces too.
create function portfolio_numbers(of_portfolio text) returns int
  language sql stable security definer set search_path = public, pg_temp
  return (
    select count(*)::int from connectors c
    join numbers n on n.workspace_id = c.workspace_id and n.connector_id = c.id and n.connected
    where c.portfolio = of_portfolio);

-- Of those a list has yet to write to, how many take no place: counted already, or inside their window. It begins with the
-- people of the day, who are 100,000 at most, and not with the rows of the list.
create function list_free_people(of_list text) returns int
  language sql stable security definer
  set search_path = public, pg_temp set enable_hashjoin = off set enable_mergejoin = off
begin atomic
  with target as materialized (
    select workspace_id, id, number_id, portfolio_of(workspace_id, number_id) as portfolio from lists
    where workspace_id = parley_workspace() and id = of_list
  ),
  people as materialized (
    select p.person from target l cross join lateral portfolio_people(l.portfolio) p
    union
    select person_of(c.phone, c.user_id) from target l
    -- Whoever is inside the window wrote within the day: this is what the index is on.
    join conversations v on v.workspace_id = l.workspace_id and v.last_message_at > now() - interval '25 hours'
      and v.number_id = l.number_id and v.window_expires_at > now()
    join contacts c on c.workspace_id = v.workspace_id and c.id = v.contact_id
  )
  select count(*)::int from target l cross join people p
  -- A lookup for each of them ("offset 0"), by the index on people, whose condition has to be repeated.
  cross join lateral (
    select r.id, r.problem from recipients r
    where r.workspace_id = l.workspace_id and r.list_id = l.id and r.person = p.person
      and r.problem is distinct from 'duplicate' offset 0) t
  left join lateral (
    select m.id from messages m where m.list_id = l.id and m.recipient_id = t.id and not m.superseded offset 0) m on true
  where t.problem is null
    and (m.id is null or exists (select from send_queue q where q.list_id = l.id and q.message_id = m.id));
end;

-- These look into tables that the app does not see.
grant create on schema public to parley_worker;
alter function portfolio_limit(text) owner to parley_worker;
alter function note_unsent() owner to parley_worker;
alter function note_proven() owner to parley_worker;
alter function portfolio_places(text) owner to parley_worker;
alter function portfolio_room(text) owner to parley_worker;
alter function portfolio_frees_at(text) owner to parley_worker;
alter function portfolio_numbers(text) owner to parley_worker;
alter function list_free_people(text) owner to parley_worker;
revoke create on schema public from parley_worker;

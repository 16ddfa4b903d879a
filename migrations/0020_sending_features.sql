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

-- The daily limit: people written to first within 24 hours, shared by the numbers of a portfolio.
create table portfolio_recipients (
  workspace_id text not null,
  portfolio text not null,
  -- A contact's id, without a key to it: an erased contact still counts for its day.
  recipient text not null,
  reserved_at timestamptz not null,
  -- The message that counts, and when the person was written to before it, should it be refused.
  message_id text,
  prior_at timestamptz,
  primary key (workspace_id, portfolio, recipient)
);
-- Always true, and only to keep lookups of single people off it: without statistics it looks as good for them as the key.
create index portfolio_recipients_oldest on portfolio_recipients (workspace_id, portfolio, reserved_at)
  where reserved_at is not null;
create index portfolio_recipients_message on portfolio_recipients (workspace_id, message_id);
call parley_protect('portfolio_recipients');

-- One row to lock per portfolio, with the number of rows above, so that nobody counts 100,000 of them for each claim.
create table portfolio_usage (
  workspace_id text not null,
  portfolio text not null,
  used int not null default 0,
  primary key (workspace_id, portfolio)
);
call parley_protect('portfolio_usage');

-- Messages that did not go after all. Noted without a lock, taken back by the next who holds the portfolio's.
create table portfolio_releases (
  workspace_id text not null,
  portfolio text not null,
  message_id text not null,
  primary key (workspace_id, portfolio, message_id)
);
call parley_protect('portfolio_releases');

-- Whose place was given back on a word that a callback may still disprove. Kept for the day for which the place was taken.
create table portfolio_given_back (
  workspace_id text not null,
  message_id text not null,
  portfolio text not null,
  recipient text not null,
  reserved_at timestamptz not null,
  primary key (workspace_id, message_id, portfolio)
);
create index portfolio_given_back_oldest on portfolio_given_back (workspace_id, portfolio, reserved_at);
call parley_protect('portfolio_given_back');

create function portfolio_of(of_workspace text, of_number text) returns text
  language sql stable parallel safe
  return (
    select coalesce(c.portfolio_id, c.waba_id, c.id)
    from numbers n join connectors c on c.workspace_id = n.workspace_id and c.id = n.connector_id
    where n.workspace_id = of_workspace and n.id = of_number);

-- TIER_250, TIER_2K, TIER_100K … as a number; null for TIER_UNLIMITED and what nobody knows.
create function people_of_tier(tier text) returns int
  language sql immutable parallel safe
  return substring(tier from '^TIER_(\d{1,6})K?$')::int * case when tier like '%K' then 1000 else 1 end;

-- The provider gives a portfolio the highest limit of its numbers; null when it has none.
create function portfolio_limit(of_workspace text, of_portfolio text) returns int
  language sql stable parallel safe
  return (
    select case when bool_or(n.messaging_limit = 'TIER_UNLIMITED') then null else max(people_of_tier(n.messaging_limit)) end
    from connectors c
    join numbers n on n.workspace_id = c.workspace_id and n.connector_id = c.id and n.connected
    where c.workspace_id = of_workspace and coalesce(c.portfolio_id, c.waba_id, c.id) = of_portfolio);

-- Takes the portfolio's lock, gives back what was refused and what is a day old, and says how many are left in use.
create function settle_portfolio(of_workspace text, of_portfolio text) returns int
  language plpgsql as $$
declare
  refused text[];
  places tid[];
  day_ago timestamptz;
  freed int;
  total int;
begin
  insert into portfolio_usage (workspace_id, portfolio) values (of_workspace, of_portfolio) on conflict do nothing;
  perform from portfolio_usage where workspace_id = of_workspace and portfolio = of_portfolio for update;
  day_ago := clock_timestamp() - interval '24 hours';

  with told as (
    delete from portfolio_releases where workspace_id = of_workspace and portfolio = of_portfolio returning message_id
  )
  select coalesce(array_agg(message_id), '{}') into refused from told;
  -- This runs in every claim: each statement reads only what it changes, however many people the day has, and whatever
  -- the planner knows of them ("offset 0" keeps the lookups lookups).
  places := array(
    select r.place from unnest(refused) as id
    cross join lateral (
      select ctid as place from portfolio_recipients where workspace_id = of_workspace and message_id = id offset 0) r);
  update portfolio_recipients set reserved_at = coalesce(prior_at, '-infinity'), prior_at = null, message_id = null
  where ctid = any (places) and portfolio = of_portfolio;
  places := array(
    select ctid from portfolio_recipients
    where workspace_id = of_workspace and portfolio = of_portfolio and reserved_at <= day_ago
    order by reserved_at
    limit 5000);
  delete from portfolio_recipients where ctid = any (places);
  get diagnostics freed = row_count;
  delete from portfolio_given_back
  where workspace_id = of_workspace and portfolio = of_portfolio and reserved_at <= day_ago;

  update portfolio_usage set used = used - freed
  where workspace_id = of_workspace and portfolio = of_portfolio
  returning used into total;
  return total;
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
  allowed := portfolio_limit(w, p);
  if allowed is null then
    return query select unnest(message_ids);
    return;
  end if;
  room := allowed - settle_portfolio(w, p);

  with asked as (
    -- "offset 0": a lookup for each of them, whatever the planner knows of the tables.
    select m.id, m.contact_id, m.priority,
      exists (
        select from portfolio_recipients r
        where r.workspace_id = w and r.portfolio = p and r.recipient = m.contact_id offset 0) as is_counted,
      exists (
        select from conversations v
        where v.workspace_id = w and v.number_id = of_number and v.contact_id = m.contact_id
          and v.window_expires_at > now() offset 0) as in_window
    from unnest(message_ids) as a(id)
    join messages m on m.workspace_id = w and m.id = a.id
  ),
  people as (
    select contact_id, row_number() over (order by min(priority), min(id)) as place
    from asked where not in_window and not is_counted group by contact_id
  ),
  granted as (
    select a.id, a.contact_id, a.in_window, n.place is not null as is_new
    from asked a left join people n on n.contact_id = a.contact_id
    where a.in_window or a.is_counted or n.place <= room
  ),
  written as (
    insert into portfolio_recipients as r (workspace_id, portfolio, recipient, reserved_at, message_id)
    select distinct on (contact_id) w, p, contact_id, clock_timestamp(), id
    from granted where not in_window order by contact_id, id
    on conflict (workspace_id, portfolio, recipient) do update
    set prior_at = r.reserved_at, reserved_at = excluded.reserved_at, message_id = excluded.message_id
  )
  select coalesce(array_agg(id), '{}'), count(distinct contact_id) filter (where is_new and not in_window)
  into granted_ids, newcomers from granted;

  update portfolio_usage set used = used + newcomers where workspace_id = w and portfolio = p and newcomers > 0;
  update messages m
  set next_at = least(
    now() + case when m.list_id is null then interval '30 seconds' else interval '5 seconds' end,
    greatest(now() + interval '1 second', (
      select min(reserved_at) + interval '24 hours' from portfolio_recipients where workspace_id = w and portfolio = p)))
  where m.workspace_id = w and m.id = any (message_ids) and m.state = 'queued' and not m.id = any (granted_ids);
  return query select unnest(granted_ids);
end
$$;

-- null: there is a place. Else when the next one falls free; a portfolio without a limit has always one.
create function daily_limit_frees_at(of_workspace text, of_number text) returns timestamptz
  language sql stable parallel safe
  return (
    select case
      when u.used < portfolio_limit(of_workspace, u.portfolio) or portfolio_limit(of_workspace, u.portfolio) is null then null
      when exists (select from portfolio_releases r where r.workspace_id = u.workspace_id and r.portfolio = u.portfolio) then null
      else (
        select case when r.reserved_at > now() - interval '24 hours' then r.reserved_at + interval '24 hours' end
        from portfolio_recipients r
        where r.workspace_id = u.workspace_id and r.portfolio = u.portfolio
        order by r.reserved_at limit 1)
    end
    from portfolio_usage u
    where u.workspace_id = of_workspace and u.portfolio = portfolio_of(of_workspace, of_number));

-- Whoever writes that a message did not go gives its place back, without knowing of the limit.
create function release_daily_limit() returns trigger
  language plpgsql as $$
begin
  insert into portfolio_releases (workspace_id, portfolio, message_id)
  select workspace_id, portfolio, message_id from portfolio_recipients
  where workspace_id = new.workspace_id and message_id = new.id
  on conflict do nothing;
  -- What was put off has not left: there is nothing to disprove.
  if new.state <> 'queued' then
    insert into portfolio_given_back (workspace_id, message_id, portfolio, recipient, reserved_at)
    select workspace_id, message_id, portfolio, recipient, reserved_at from portfolio_recipients
    where workspace_id = new.workspace_id and message_id = new.id
    on conflict (workspace_id, message_id, portfolio) do update set reserved_at = excluded.reserved_at;
  end if;
  return null;
end
$$;
create trigger release_unsent after update of state, failed_at on messages
  for each row when (
    new.delivered_at is null and (
      (old.state <> new.state and new.state in ('rejected', 'skipped', 'cancelled'))
      or (old.state = 'intent' and new.state = 'queued')
      or (old.failed_at is null and new.failed_at is not null)))
  execute function release_daily_limit();

-- A message that did go, whatever was said of it, counts from when it took its place. This is rare, so it may wait for the
-- portfolio's lock; settling also drops what is a day old and would count no more.
create function count_daily_limit_again() returns trigger
  language plpgsql as $$
declare
  p text;
begin
  for p in select portfolio from portfolio_given_back where workspace_id = new.workspace_id and message_id = new.id
  loop
    perform settle_portfolio(new.workspace_id, p);
    with proven as (
      delete from portfolio_given_back where workspace_id = new.workspace_id and message_id = new.id and portfolio = p
      returning recipient, reserved_at
    ),
    newcomers as (
      select recipient from proven
      except select recipient from portfolio_recipients where workspace_id = new.workspace_id and portfolio = p
    ),
    counted as (
      insert into portfolio_recipients as r (workspace_id, portfolio, recipient, reserved_at, message_id)
      select new.workspace_id, p, recipient, reserved_at, new.id from proven
      on conflict (workspace_id, portfolio, recipient) do update
      set reserved_at = greatest(r.reserved_at, excluded.reserved_at),
          message_id = case when excluded.reserved_at > r.reserved_at then excluded.message_id else r.message_id end,
          prior_at = greatest(r.prior_at, least(r.reserved_at, excluded.reserved_at))
    )
    update portfolio_usage set used = used + 1
    where workspace_id = new.workspace_id and portfolio = p and exists (select from newcomers);
  end loop;
  return null;
end
$$;
create trigger count_proven after update of state, delivered_at on messages
  for each row when (
    (new.state = 'accepted' and old.state in ('queued', 'skipped', 'cancelled')
      and (new.failed_at is null or new.delivered_at is not null))
    or (old.delivered_at is null and new.delivered_at is not null and new.failed_at is not null))
  execute function count_daily_limit_again();

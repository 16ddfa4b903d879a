-- Erasing a person: what was asked for, how far it has come, and the receipt. The functions stand here, not in the code,
-- because they name tables of several rooms: a new table that holds what people wrote or are called adds a part.

create table erasures (
  workspace_id text not null references workspaces on delete cascade,
  id text not null,
  contact_id text not null,
  -- Phones and user ids by which the rest is found: {"phones": [], "user_ids": []}; null once nothing is looked for any more.
  traces jsonb,
  requested_by text not null,
  requested_at timestamptz not null default now(),
  -- The last row looked at in each part, and how many rows were erased.
  cursors jsonb not null default '{}',
  removed jsonb not null default '{}',
  finished_at timestamptz,
  -- Webhooks about what was sent before may still come: they are looked for once more.
  sweep_at timestamptz not null default now() + interval '20 hours',
  primary key (workspace_id, id)
);
create index erasures_open on erasures (requested_at) where traces is not null;
call parley_protect('erasures');

-- An opt-out outlives the person who is erased: a digest under the workspace's own key, and no phone.
create table trace_keys (
  workspace_id text primary key references workspaces on delete cascade,
  key bytea not null default sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'))
);
call parley_protect('trace_keys');
create table kept_opt_outs (
  workspace_id text not null references workspaces on delete cascade,
  digest bytea not null,
  scope text not null,
  at timestamptz not null,
  primary key (workspace_id, digest, scope)
);
call parley_protect('kept_opt_outs');

create function trace_digest(of_workspace text, trace text) returns bytea
  language sql stable
  return sha256((select key from trace_keys where workspace_id = of_workspace) || convert_to(trace, 'UTF8'));

-- Whoever comes back under a phone or a user id that had opted out is opted out still.
create function take_up_opt_outs(of_workspace text, of_contact text, of_phone text, of_user text) returns void
  language plpgsql as $$
begin
  insert into consent_changes (workspace_id, id, contact_id, scope, opted_out, source, at, mark)
  select of_workspace, parley_id('cns'), of_contact, k.scope, true, 'kept', k.at, 'kept ' || of_contact || ' ' || encode(k.digest, 'hex') || ' ' || k.scope
  from kept_opt_outs k
  where k.workspace_id = of_workspace
    and k.digest in (trace_digest(of_workspace, of_phone), trace_digest(of_workspace, of_user))
  on conflict do nothing;
  if found then perform settle_consent(of_workspace, of_contact); end if;
end
$$;
create function enter_contacts() returns trigger
  language plpgsql as $$
begin
  if exists (select from kept_opt_outs k where k.workspace_id in (select workspace_id from new_rows)) then
    perform take_up_opt_outs(workspace_id, id, phone, user_id) from new_rows;
  end if;
  return null;
end
$$;
create trigger enter_contacts after insert on contacts
  referencing new table as new_rows for each statement execute function enter_contacts();
create function rename_contacts() returns trigger
  language plpgsql as $$
begin
  perform take_up_opt_outs(new.workspace_id, new.id, new.phone, new.user_id);
  return null;
end
$$;
create trigger rename_contacts after update on contacts for each row
  when (new.phone is distinct from old.phone or new.user_id is distinct from old.user_id)
  execute function rename_contacts();

-- Files of messages that are gone: the hub removes them from the disk, and then their rows.
alter table media drop constraint media_state_check;
alter table media add constraint media_state_check check (state in ('pending', 'stored', 'failed', 'erased'));
create index media_message on media (message_id) where message_id is not null;
create index media_erased on media (id) where state = 'erased';
create function leave_traces() returns trigger
  language plpgsql as $$
begin
  delete from message_reactions r using old_rows o
  where r.workspace_id = o.workspace_id and r.number_id = o.number_id and r.target_external_id = o.external_id;
  update media f set state = 'erased', file_name = null, error = null
  from old_rows o where o.direction = 'in' and f.message_id = o.id and f.workspace_id = o.workspace_id;
  return null;
end
$$;
create trigger leave_traces after delete on messages
  referencing old table as old_rows for each statement execute function leave_traces();

create function names_any(words text, traces text[]) returns boolean
  language sql immutable parallel safe
  return exists (select from unnest(traces) t where position(t in words) > 0);
create function names_any(body bytea, traces text[]) returns boolean
  language sql immutable parallel safe
  return exists (select from unnest(traces) t where position(convert_to(t, 'UTF8') in body) > 0);

-- Each part looks at its next `most` rows and returns the last of them, null at the end.

-- Rows of lists stay, for the counts, without what they say. One that was still to be sent is left out.
create function erase_from_lists(of_workspace text, phones text[], user_ids text[], behind text, most int, out last_id text, out removed int)
  language sql as $$
  with step as (
    select id, expanded_at, expanded_to from lists where workspace_id = of_workspace and id > behind order by id limit most
  ), backwards as (
    select array_agg(reverse(p)) as phones from unnest(phones) p
  ), found as (
    select r.list_id, r.id,
      r.problem is null and s.expanded_at is null and (s.expanded_to is null or r.id > s.expanded_to) as is_waiting
    from step s cross join backwards b cross join lateral (
      select x.list_id, x.id, x.problem from recipients x
      where x.workspace_id = of_workspace and x.list_id = s.id and x.phone_backwards = any (b.phones)
      union
      select x.list_id, x.id, x.problem from recipients x
      where cardinality(user_ids) > 0 and x.workspace_id = of_workspace and x.list_id = s.id and x.user_id = any (user_ids)
    ) r
  ), scrubbed as (
    update recipients r set phone = null, user_id = null, cells = '[]', problem = case when f.is_waiting then 'erased' else r.problem end
    from found f where r.workspace_id = of_workspace and r.list_id = f.list_id and r.id = f.id
    returning r.list_id, f.is_waiting
  ), refused as (
    update lists l set rows_refused = l.rows_refused + w.n
    from (select list_id, count(*)::int as n from scrubbed where is_waiting group by 1) w
    where l.workspace_id = of_workspace and l.id = w.list_id
  )
  select (select max(id) from step), (select count(*)::int from scrubbed)
$$;

-- What they wrote to groups, the lines that name them there, and what reached them.
create function erase_from_groups(of_workspace text, phones text[], user_ids text[], behind text, most int, out last_id text, out removed int)
  language sql as $$
  with step as (
    select id from contacts where workspace_id = of_workspace and is_group and id > behind order by id limit most
  ), gone as (
    delete from messages m using step g
    where m.workspace_id = of_workspace and m.contact_id = g.id and m.direction = 'in'
      and (m.content -> 'sender' ->> 'phone' = any (phones) or m.content -> 'sender' ->> 'user_id' = any (user_ids)
        or (m.content -> 'sender' is null and names_any(m.content::text, phones || user_ids)))
    returning 1
  ), received as (
    delete from message_statuses s using messages m, step g
    where m.workspace_id = of_workspace and m.contact_id = g.id and m.direction = 'out'
      and s.workspace_id = of_workspace and s.message_id = m.id and s.recipient = any (phones || user_ids)
  )
  select (select max(id) from step), (select count(*)::int from gone)
$$;

-- What the diary says of them, on its way to endpoints and answered by them. Who came back is somebody new.
create function erase_from_events(of_workspace text, of_contact text, phones text[], user_ids text[], behind text, most int, out last_id text, out removed int)
  language sql as $$
  with told as (
    select array_agg('+' || p) as phones from unnest(phones) p
  ), step as materialized (
    select e.id, e.contact_id, e.data ->> 'from' as sender, e.data ->> 'to' as recipient, e.data ->> 'from_user_id' as user_id
    from events e where e.workspace_id = of_workspace and e.id > behind order by e.id limit most
  ), found as materialized (
    select s.id from step s cross join told t
    where (s.contact_id = of_contact or s.sender = any (t.phones) or s.recipient = any (t.phones) or s.user_id = any (user_ids))
      and not exists (select from contacts c where c.workspace_id = of_workspace and c.id = s.contact_id and not c.is_group)
  ), first_ways as (
    delete from webhook_deliveries d using found f, webhook_endpoints w
    where w.workspace_id = of_workspace and d.workspace_id = of_workspace and d.endpoint_id = w.id and d.event_id = f.id
      and d.cause = 'event'
  ), replays as (
    delete from webhook_deliveries d using found f, webhook_endpoints w
    where w.workspace_id = of_workspace and d.workspace_id = of_workspace and d.endpoint_id = w.id and d.event_id = f.id
      and d.cause = 'replay'
  ), gone as (
    delete from events e using found f where e.workspace_id = of_workspace and e.id = f.id returning 1
  )
  select (select max(id) from step), (select count(*)::int from gone)
$$;

-- Raw bodies with their phone or user id, also as parts of a body of several workspaces, and what was read from them. The
-- ids that WhatsApp makes hold the phone too. What waits to be worked on is left for the sweep: others stand in it.
create function erase_from_webhooks(of_workspace text, traces text[], behind text, most int, out last_id text, out removed int)
  language sql as $$
  with lowered as materialized (
    -- Terms are in lower case, user ids are not.
    select array_agg(lower(t)) as traces from unnest(traces) t
  ), step as materialized (
    select id, parent_id, body, facts, terms, verdict from inbound_logs
    where workspace_id = of_workspace and id > behind order by id limit most
  ), found as materialized (
    select id, parent_id, facts, terms from step
    where verdict not in ('received', 'failed')
      and (terms && (select traces from lowered) or names_any(facts::text, traces) or (body is not null and names_any(body, traces)))
  ), about as (
    select f.id, x.n, x.fact,
      x.fact ->> 'phone' = any (traces) or names_any(coalesce(x.fact ->> 'external_id', '') || ' ' || coalesce(x.fact ->> 'detail', ''), traces) as is_theirs
    from found f cross join lateral jsonb_array_elements(f.facts) with ordinality as x(fact, n)
  ), cleared as (
    select id,
      jsonb_agg(case when is_theirs then fact || '{"phone": null, "external_id": null, "detail": "erased"}' else fact end order by n) as facts,
      array_agg(lower(fact ->> 'external_id')) filter (where is_theirs and fact ->> 'external_id' is not null) as ids
    from about group by id
  ), emptied as (
    update inbound_logs l set body = null, headers = '{}', parked_at = null,
      facts = coalesce(c.facts, '[]'),
      terms = array(select t from unnest(l.terms) t
                    where not names_any(t, (select traces from lowered)) and not t = any (coalesce(c.ids, '{}')))
    from found f left join cleared c on c.id = f.id
    where l.id = f.id
    returning 1
  ), whole as (
    update inbound_logs l set body = null, headers = '{}'
    from found f where l.id = f.parent_id and l.body is not null and l.verdict not in ('received', 'failed')
  ), orphans as (
    delete from orphan_statuses o using found f where o.workspace_id = of_workspace and o.inbound_log_id = f.id
  ), waiting as (
    delete from waiting_news w using found f where w.workspace_id = of_workspace and w.inbound_log_id = f.id
  )
  select (select max(id) from step), (select count(*)::int from emptied)
$$;

-- Answers kept for those who ask again, whose key goes with them; what was told of messages that never came, and what an import
-- shows of its file.
create function erase_from_rest(of_workspace text, traces text[], out last_id text, out removed int)
  language sql as $$
  with answers as (
    delete from idempotency_keys where workspace_id = of_workspace and names_any(response::text, traces) returning 1
  ), reactions as (
    delete from message_reactions where workspace_id = of_workspace and names_any(target_external_id, traces)
  ), orphans as (
    delete from orphan_statuses where workspace_id = of_workspace and (names_any(external_id, traces) or recipient = any (traces))
  ), waiting as (
    delete from waiting_news where workspace_id = of_workspace and names_any(external_id, traces)
  ), samples as (
    update contact_imports set sample = '[]' where workspace_id = of_workspace and names_any(sample::text, traces)
  ), refusals as (
    delete from contact_import_refusals where workspace_id = of_workspace and names_any(cells::text, traces)
  ), portfolios as materialized (
    select distinct portfolio from connectors where workspace_id = of_workspace
  ), places as (
    -- Their place of the daily limit counts to the end of its day, under no name.
    update portfolio_recipients r set person = parley_id('gone')
    from portfolios p where r.portfolio = p.portfolio and r.person = any (traces)
  ), given_back as (
    update portfolio_given_back r set person = parley_id('gone')
    from portfolios p where r.portfolio = p.portfolio and r.person = any (traces)
  ), notes as (
    update portfolio_notes r set person = parley_id('gone')
    from portfolios p where r.portfolio = p.portfolio and r.person = any (traces)
  )
  select null::text, (select count(*)::int from answers)
$$;

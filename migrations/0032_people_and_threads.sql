-- What people tell WhatsApp about themselves, and messages that change others or were not sent from here.

alter table consent_changes
  -- Content and time of the webhook in one: told again, it changes nothing.
  add column mark text,
  add column number_id text;
create unique index consent_changes_once on consent_changes (workspace_id, mark) where mark is not null;

-- How it stands with somebody, from all changes and whatever the order in which they came. An opt-in lifts older opt-outs
-- of its scope; one that WhatsApp passes on lifts only what was said the same way.
create function settle_consent(of_workspace text, of_contact text) returns void
  language sql
begin atomic
  with standing as (
    select o.scope, min(o.at) as since
    from consent_changes o
    where o.workspace_id = of_workspace and o.contact_id = of_contact and o.opted_out
      and not exists (
        select from consent_changes i
        where i.workspace_id = of_workspace and i.contact_id = of_contact and not i.opted_out
          and i.at > o.at and i.scope in ('all', o.scope)
          and (i.source = o.source or i.source not in ('whatsapp', 'gupshup')))
    group by o.scope
  )
  update contacts set
    opted_out_all_at = (select since from standing where scope = 'all'),
    opted_out_marketing_at = (select since from standing where scope = 'marketing'),
    updated_at = now()
  where workspace_id = of_workspace and id = of_contact;
end;

-- New phones and new user ids, as WhatsApp tells them.
create table contact_changes (
  workspace_id text not null,
  id text not null,
  contact_id text not null,
  kind text not null check (kind in ('phone', 'user_id')),
  previous text,
  value text not null,
  at timestamptz not null,
  inbound_log_id text,
  mark text not null,
  primary key (workspace_id, id),
  unique (workspace_id, kind, mark),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade
);
-- Whoever is still told under a former phone or user id is found by it.
create index contact_changes_previous on contact_changes (workspace_id, kind, previous, at);
create index contact_changes_contact on contact_changes (workspace_id, contact_id, id);
call parley_protect('contact_changes');

-- Which message edits or deletes which: the newest of a kind counts, in whatever order they come. The words stand in the
-- message that amends, so they go with its contact.
create table message_amendments (
  workspace_id text not null,
  number_id text not null,
  target_external_id text not null,
  kind text not null check (kind in ('edit', 'revoke')),
  message_id text not null,
  at timestamptz not null,
  primary key (workspace_id, message_id),
  foreign key (workspace_id, number_id) references numbers (workspace_id, id) on delete cascade,
  foreign key (workspace_id, message_id) references messages (workspace_id, id) on delete cascade
);
create index message_amendments_target on message_amendments (workspace_id, number_id, target_external_id);
call parley_protect('message_amendments');

-- The words by which people ask for no more messages, or for messages again, and what they are answered; without a row,
-- those the hub comes with and no answer.
create table consent_settings (
  workspace_id text primary key references workspaces on delete cascade,
  stop_words text[] not null,
  start_words text[] not null,
  stop_confirmation text,
  start_confirmation text,
  updated_at timestamptz not null default now()
);
call parley_protect('consent_settings');

-- The diary outlives the cluster it was written in, and is kept for so long and no longer.

-- Transaction ids begin anew in another cluster: with a restored dump, those of before would be ahead of all that come.
-- In the feed's order the era therefore stands before them. The owner begins one when the cluster is another.
create table event_eras (
  era int primary key,
  cluster text not null,
  began_at timestamptz not null default now()
);
grant select on event_eras to parley_app, parley_worker;

alter table events add column era int not null default 0;
drop index events_feed;
create index events_feed on events (workspace_id, era, xid, seq);

-- The newest event that is not kept any more: a reader who stands before it has missed something.
create table feed_starts (
  workspace_id text primary key references workspaces on delete cascade,
  era int not null,
  xid xid8 not null,
  seq bigint not null
);
call parley_protect('feed_starts');

-- The few that failed are found among the many that arrived.
create index webhook_deliveries_troubled on webhook_deliveries (workspace_id, state, id desc)
  where state in ('failed', 'cancelled');

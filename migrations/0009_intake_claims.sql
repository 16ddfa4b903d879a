-- Which inbound logs a worker has in its hands: one small write per batch instead of one per row. Ids that still stand
-- here when the partition changes hands were being worked on when the owner before died.

create table intake_claims (
  partition smallint primary key,
  -- The process, as in the leases; it may take a partition up again that it lost for a moment.
  owner text not null,
  ids text[] not null,
  claimed_at timestamptz not null default now()
);
grant select, insert, update, delete on intake_claims to parley_worker;

-- How often a worker died while it held this row; such a row is worked on alone, and parked after the second time, to be tried
-- again after a minute, four and sixteen.
alter table inbound_logs add column crashes smallint not null default 0;

-- The message that the file came with, which shows it once it is here.
alter table media add column message_id text;

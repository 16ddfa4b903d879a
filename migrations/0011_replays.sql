-- How far a replay has come is told by its cursor: counting all that may match first would read the whole span twice.
alter table webhook_replays drop column total;

-- Attempts are written in the order of time: what is older than it may be is found without an index of each.
create index webhook_attempts_when on webhook_attempts using brin (at) with (pages_per_range = 32);

-- Whether an event was replayed to an endpoint before; deliveries of the event itself have an index of their own.
create index webhook_deliveries_replayed on webhook_deliveries (workspace_id, endpoint_id, event_id) where cause = 'replay';

-- The transaction in which a replay was asked for: it begins when all that were open then have ended, since events that
-- they wrote while the endpoint was disabled are of its span, too.
alter table webhook_replays add column xid xid8 not null default pg_current_xact_id();

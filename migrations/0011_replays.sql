-- How far a replay has come is told by its cursor: counting all that may match first would read the whole span twice.
alter table webhook_replays drop column total;

-- Whether an event was replayed to an endpoint before; deliveries of the event itself have an index of their own.
create index webhook_deliveries_replayed on webhook_deliveries (workspace_id, endpoint_id, event_id) where cause = 'replay';

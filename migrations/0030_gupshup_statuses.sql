-- Gupshup tells when it has taken a message over, and by that WhatsApp's id of it.
alter table message_statuses
  drop constraint message_statuses_kind_check,
  add constraint message_statuses_kind_check
    check (kind in ('enqueued', 'sent', 'delivered', 'read', 'played', 'failed'));

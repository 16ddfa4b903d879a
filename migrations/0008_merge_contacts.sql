-- Two records that prove to be one person become one: the survivor takes over everything that points at the other.
-- Stands here, not in the code, because it names tables of several rooms: a new table with a contact_id adds a line.

-- Of two values the one told later; one of which nobody knows when it was told gives way.
create function newer_told(mine text, mine_at jsonb, other text, other_at jsonb) returns text
  language sql immutable
  return case
    when mine is null then other
    when other is null then mine
    when other_at is null then mine
    when mine_at is null then other
    when (other_at #>> '{}', other) > (mine_at #>> '{}', mine) then other
    else mine
  end;

create function merge_contacts(of_workspace text, survivor text, merged text) returns void
  language plpgsql as $$
declare
  taken contacts%rowtype;
begin
  -- By way of their messages: recipients have no index on the contact, and a list may have a million rows.
  update recipients r set contact_id = survivor
  from messages m
  where m.workspace_id = of_workspace and m.contact_id = merged and m.list_id is not null
    and r.workspace_id = of_workspace and r.list_id = m.list_id and r.id = m.recipient_id;
  update messages set contact_id = survivor where workspace_id = of_workspace and contact_id = merged;
  update consent_changes set contact_id = survivor where workspace_id = of_workspace and contact_id = merged;
  update contact_changes set contact_id = survivor where workspace_id = of_workspace and contact_id = merged;

  -- A number has one thread with a person: where both had one, the survivor's takes in the other's state.
  update conversations kept set
    unread_count = kept.unread_count + gone.unread_count,
    assignee_id = coalesce(kept.assignee_id, gone.assignee_id),
    state = case when 'open' in (kept.state, gone.state) then 'open' else kept.state end,
    last_message_id = case when gone.last_message_at > kept.last_message_at then gone.last_message_id else kept.last_message_id end,
    last_message_at = greatest(kept.last_message_at, gone.last_message_at),
    last_inbound_at = greatest(kept.last_inbound_at, gone.last_inbound_at),
    window_expires_at = greatest(kept.window_expires_at, gone.window_expires_at),
    echoed_at = greatest(kept.echoed_at, gone.echoed_at)
  from conversations gone
  where kept.workspace_id = of_workspace and kept.contact_id = survivor
    and gone.workspace_id = of_workspace and gone.contact_id = merged
    and gone.number_id = kept.number_id;
  delete from conversations gone using conversations kept
  where gone.workspace_id = of_workspace and gone.contact_id = merged
    and kept.workspace_id = of_workspace and kept.contact_id = survivor
    and gone.number_id = kept.number_id;
  update conversations set contact_id = survivor where workspace_id = of_workspace and contact_id = merged;

  -- Deleted first: the unique phone and user id must be free before the survivor can have them.
  delete from contacts where workspace_id = of_workspace and id = merged returning * into taken;
  update contacts set
    phone = newer_told(phone, told -> 'phone', taken.phone, taken.told -> 'phone'),
    user_id = newer_told(user_id, told -> 'user_id', taken.user_id, taken.told -> 'user_id'),
    username = newer_told(username, told -> 'username', taken.username, taken.told -> 'username'),
    -- A name from an address book has a time; one given by people stays.
    name = case
      when name is not null and not told ? 'name' then name
      when taken.name is not null and not taken.told ? 'name' then taken.name
      else newer_told(name, told -> 'name', taken.name, taken.told -> 'name')
    end,
    profile_name = newer_told(profile_name, told -> 'profile_name', taken.profile_name, taken.told -> 'profile_name'),
    told = (select coalesce(jsonb_object_agg(field, at), '{}')
            from (select field, max(at) as at
                  from (select * from jsonb_each_text(told) union all select * from jsonb_each_text(taken.told)) as times (field, at)
                  group by field) as newest),
    attributes = coalesce(taken.attributes, '{}') || attributes,
    opted_out_all_at = least(opted_out_all_at, taken.opted_out_all_at),
    opted_out_marketing_at = least(opted_out_marketing_at, taken.opted_out_marketing_at),
    updated_at = now()
  where workspace_id = of_workspace and id = survivor;
  perform settle_consent(of_workspace, survivor);
end
$$;

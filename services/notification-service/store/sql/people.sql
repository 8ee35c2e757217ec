-- name: people_by_ids
select id, full_name, roles, language, address_form, timezone, is_minor, preferences, changed_at
from notification_people where id in (select value from list(:ids))

-- name: people_with_role
select id from notification_people where roles like :pattern order by id

-- name: addresses_of
select user_id, channel, address, suspended, reason from notification_addresses
where user_id in (select value from list(:ids)) order by user_id, channel

-- name: consents_of
select user_id, purpose, given from notification_consents
where user_id in (select value from list(:ids))

-- name: consents_on_record
select purpose, given, changed_at, details from notification_consents where user_id = :user_id order by purpose

-- name: relations_of
select person_id, kind, other_id from notification_relations
where person_id in (select value from list(:ids)) or other_id in (select value from list(:ids))
order by person_id, kind, other_id

-- name: upsert_people
insert into notification_people
  (id, full_name, roles, language, address_form, timezone, is_minor, preferences, changed_at)
select r.id, r.full_name, r.roles, r.language, r.address_form, r.timezone, r.is_minor, r.preferences, r.changed_at
from rows(:items: id text, full_name text, roles text, language text, address_form text, timezone text,
          is_minor boolean, preferences text, changed_at bigint) as r
where true
on conflict (id) do update set full_name = excluded.full_name, roles = excluded.roles,
  language = excluded.language, address_form = excluded.address_form, timezone = excluded.timezone,
  is_minor = excluded.is_minor, preferences = excluded.preferences, changed_at = excluded.changed_at

-- name: upsert_preferences
insert into notification_people (id, preferences, language, timezone, changed_at)
values (:id, :preferences, :language, :timezone, :now)
on conflict (id) do update set preferences = excluded.preferences, changed_at = excluded.changed_at,
  language = case when excluded.language = '' then notification_people.language else excluded.language end,
  timezone = case when excluded.timezone = '' then notification_people.timezone else excluded.timezone end

-- name: upsert_addresses
insert into notification_addresses (user_id, channel, address, suspended, reason, changed_at)
select r.user_id, r.channel, r.address, false, '', r.changed_at
from rows(:items: user_id text, channel text, address text, changed_at bigint) as r
where true
on conflict (user_id, channel) do update set address = excluded.address, suspended = false, reason = '',
  changed_at = excluded.changed_at
where notification_addresses.address <> excluded.address

-- name: add_relations
insert into notification_relations (person_id, kind, other_id)
select r.person_id, r.kind, r.other_id from rows(:items: person_id text, kind text, other_id text) as r
where true
on conflict do nothing

-- name: clear_relations
delete from notification_relations where person_id = :person_id and kind = :kind

-- name: clear_relations_to
delete from notification_relations where other_id = :other_id and kind = :kind

-- name: upsert_consent
insert into notification_consents (user_id, purpose, given, changed_at, details)
values (:user_id, :purpose, :given, :changed_at, :details)
on conflict (user_id, purpose) do update set given = excluded.given, changed_at = excluded.changed_at,
  details = excluded.details
where excluded.changed_at >= notification_consents.changed_at

-- name: connect_address
insert into notification_addresses (user_id, channel, address, suspended, reason, changed_at)
values (:user_id, :channel, :address, false, '', :now)
on conflict (user_id, channel) do update set address = excluded.address, suspended = false, reason = '',
  changed_at = excluded.changed_at

-- name: remove_address
delete from notification_addresses where user_id = :user_id and channel = :channel

-- name: suspend_address
update notification_addresses set suspended = true, reason = :reason, changed_at = :now
where channel = :channel and address = :address and not suspended

-- name: resume_address
update notification_addresses set suspended = false, reason = '', changed_at = :now
where channel = :channel and address = :address and suspended

-- name: move_address
update notification_addresses set address = :new_address, changed_at = :now
where channel = :channel and address = :address

-- name: people_at_address
select user_id from notification_addresses where channel = :channel and address = :address order by user_id

-- name: add_link_token
insert into notification_link_tokens (token_hash, user_id, expires_at) values (:token_hash, :user_id, :expires_at)

-- name: use_link_token
update notification_link_tokens set used_at = :now
where token_hash = :token_hash and used_at is null and expires_at > :now
returning user_id

-- name: link_token_state
select t.user_id, t.used_at, a.address as chat
from notification_link_tokens t
left join notification_addresses a on a.user_id = t.user_id and a.channel = 'telegram'
where t.token_hash = :token_hash

-- name: tombstones
select id_hash from notification_tombstones where id_hash in (select value from list(:hashes))

-- name: add_tombstone
insert into notification_tombstones (id_hash, erased_at) values (:id_hash, :now) on conflict do nothing

-- name: erase_person
delete from notification_people where id = :user_id

-- name: erase_addresses
delete from notification_addresses where user_id = :user_id

-- name: erase_consents
delete from notification_consents where user_id = :user_id

-- name: erase_relations
delete from notification_relations where person_id = :user_id or other_id = :user_id

-- name: erase_link_tokens
delete from notification_link_tokens where user_id = :user_id

-- name: erase_imported_cells
update notification_imported_people set content = '{}' where user_id = :user_id

-- What is in hand is taken away from its worker. Providers like to repeat the address in what they answer.
-- name: erase_messages
update notification_messages set context = '{}', title = '', body = '', recipient_address = '',
  status = case when status in ('scheduled', 'deferred', 'pending', 'sending') then 'cancelled' else status end,
  reason = case when status in ('scheduled', 'deferred', 'pending', 'sending') then 'person_erased'
                when reason like '%@%' then '' else reason end,
  queued = false, lease_owner = '', lease_until = null
where user_id = :user_id
   or (student_id = :user_id and user_id in (select person_id from notification_relations where other_id = :user_id))

-- name: erase_attempt_details
update notification_attempts set detail = ''
where message_id in (select id from notification_messages where user_id = :user_id)

-- Also what relatives and tutors were told about the person.
-- name: erase_letters
delete from notification_outbox_letters where user_id = :user_id
   or message_id in (select id from notification_messages where student_id = :user_id
                     and user_id in (select person_id from notification_relations where other_id = :user_id))

-- The next stretch of messages in the order of their ids, which is that of their making.
-- name: stretch_of_messages
select max(id) as last from
  (select id from notification_messages where id > :after and id < :before order by id limit :limit) as stretch

-- What still waits keeps its text.
-- name: forget_texts
update notification_messages set title = '', body = '', context = '{}', recipient_address = ''
where id > :after and id <= :last and not queued and lease_until is null and status not in ('scheduled', 'deferred')
  and (body <> '' or context <> '{}')

-- name: forget_events
delete from notification_events where (source, id) in
  (select source, id from notification_events where received_at < :before order by received_at limit :limit)

-- name: forget_letters
delete from notification_outbox_letters where id in
  (select id from notification_outbox_letters where sent_at < :before order by sent_at limit :limit)

-- name: forget_inbox
delete from notification_inbox where id in
  (select id from notification_inbox where created_at < :before order by created_at limit :limit)

-- What still waits keeps its files.
-- name: forget_files
delete from notification_attachments where (set_id, n) in
  (select set_id, n from notification_attachments a where created_at < :before and not exists
     (select 1 from notification_messages m where m.attachments = a.set_id and m.attachments <> ''
        and (m.queued or m.lease_until is not null or m.status in ('scheduled', 'deferred')))
   order by created_at limit :limit)

-- name: forget_schedule_texts
update notification_schedules set draft = '{}' where id in
  (select id from notification_schedules where status <> 'scheduled' and due_at < :before and draft <> '{}' limit :limit)

-- name: forget_bulk_texts
update notification_bulks set draft = '{}' where id in
  (select id from notification_bulks where finished_at < :before and draft <> '{}' limit :limit)

-- name: forget_links
delete from notification_link_tokens where token_hash in
  (select token_hash from notification_link_tokens where expires_at < :before limit :limit)

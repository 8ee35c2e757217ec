-- name: take_events
insert into notification_events (source, id, type, moment, received_at, data)
select r.source, r.id, r.type, r.moment, r.received_at, r.data
from rows(:items: source text, id text, type text, moment bigint, received_at bigint, data text) as r
where true
on conflict (source, id) do nothing
returning source, id

-- The newest with this id; source '' is any.
-- name: event_by_id
select source, id, type, moment, data from notification_events
where id = :id and (:source = '' or source = :source) order by received_at desc limit 1

-- name: accept_events
insert into notification_accepted_events (source, id, accepted_at)
select r.source, r.id, r.accepted_at from rows(:items: source text, id text, accepted_at bigint) as r
where true
on conflict (source, id) do nothing
returning source, id

-- name: lessons_by_ids
select id, tutor_id, students, scheduled_at, cancelled, is_over, details, decided_at, decided_by, sequence
from notification_lessons where id in (select value from list(:ids))

-- name: upsert_lessons
insert into notification_lessons
  (id, tutor_id, students, scheduled_at, cancelled, is_over, details, decided_at, decided_by, sequence)
select r.id, r.tutor_id, r.students, r.scheduled_at, r.cancelled, r.is_over, r.details, r.decided_at, r.decided_by,
  r.sequence
from rows(:items: id text, tutor_id text, students text, scheduled_at bigint, cancelled boolean, is_over boolean,
          details text, decided_at bigint, decided_by text, sequence bigint) as r
where true
on conflict (id) do update set tutor_id = excluded.tutor_id, students = excluded.students,
  scheduled_at = excluded.scheduled_at, cancelled = excluded.cancelled, is_over = excluded.is_over,
  details = excluded.details, decided_at = excluded.decided_at, decided_by = excluded.decided_by,
  sequence = excluded.sequence

-- name: add_dead_letter
insert into notification_dead_letters (id, queue, reason, routing_key, message_id, headers, body, received_at)
values (:id, :queue, :reason, :routing_key, :message_id, :headers, :body, :received_at)

-- name: dead_letters
select id, queue, reason, routing_key, message_id, headers, body, received_at from notification_dead_letters
where (received_at, id) < (cast(:before as bigint), :before_id) order by received_at desc, id desc limit :limit

-- name: dead_letter
select id, queue, reason, routing_key, message_id, headers, body, received_at from notification_dead_letters
where id = :id

-- name: remove_dead_letter
delete from notification_dead_letters where id = :id

-- name: forget_accepted_events
delete from notification_accepted_events where accepted_at < :before

-- A call in flight whose process died becomes free again after a while.
-- name: begin_idempotent
insert into notification_idempotency (id, fingerprint, created_at) values (:id, :fingerprint, :now)
on conflict (id) do update set fingerprint = excluded.fingerprint, created_at = excluded.created_at, status = 0,
  answer = ''
where notification_idempotency.created_at < :expired
   or (notification_idempotency.status = 0 and notification_idempotency.created_at < :abandoned)
returning id

-- name: idempotent_call
select fingerprint, status, content_type, answer from notification_idempotency where id = :id

-- name: finish_idempotent
update notification_idempotency set status = :status, content_type = :content_type, answer = :answer where id = :id

-- name: drop_idempotent
delete from notification_idempotency where id = :id

-- name: forget_idempotent
delete from notification_idempotency where created_at < :before

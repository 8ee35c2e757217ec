-- Tables that each service has under its own prefix; `service_` stands for it (tables.hpp).

-- name: accept_events
insert into service_accepted_events (source, id, accepted_at)
select r.source, r.id, r.accepted_at from rows(:items: source text, id text, accepted_at bigint) as r
where true
on conflict (source, id) do nothing
returning source, id

-- name: forget_accepted_events
delete from service_accepted_events where accepted_at < :before

-- name: add_dead_letter
insert into service_dead_letters (id, queue, reason, routing_key, message_id, headers, body, received_at)
values (:id, :queue, :reason, :routing_key, :message_id, :headers, :body, :received_at)

-- name: dead_letters
select id, queue, reason, routing_key, message_id, headers, body, received_at from service_dead_letters
where (received_at, id) < (cast(:before as bigint), :before_id) order by received_at desc, id desc limit :limit

-- name: dead_letter
select id, queue, reason, routing_key, message_id, headers, body, received_at from service_dead_letters
where id = :id

-- name: remove_dead_letter
delete from service_dead_letters where id = :id

-- A call in flight whose process died becomes free again after a while.
-- name: begin_idempotent
insert into service_idempotency (id, fingerprint, created_at) values (:id, :fingerprint, :now)
on conflict (id) do update set fingerprint = excluded.fingerprint, created_at = excluded.created_at, status = 0,
  answer = ''
where service_idempotency.created_at < :expired
   or (service_idempotency.status = 0 and service_idempotency.created_at < :abandoned)
returning id

-- name: idempotent_call
select fingerprint, status, content_type, answer from service_idempotency where id = :id

-- name: finish_idempotent
update service_idempotency set status = :status, content_type = :content_type, answer = :answer where id = :id

-- name: drop_idempotent
delete from service_idempotency where id = :id

-- name: forget_idempotent
delete from service_idempotency where created_at < :before

-- Tickets of event streams that have opened one.
-- name: use_ticket
insert into service_used_tickets (ticket_hash, expires_at) values (:ticket_hash, :expires_at)
on conflict (ticket_hash) do nothing
returning ticket_hash

-- name: forget_tickets
delete from service_used_tickets where expires_at < :before

-- Rows that may mention a person: their id stands somewhere in the text.
-- name: dead_letters_with
select id as key, body as text from service_dead_letters where body like :part

-- name: drop_dead_letters
delete from service_dead_letters where id in (select value from list(:keys))

-- name: answers_with
select id as key, answer as text from service_idempotency where answer like :part

-- name: drop_answers
delete from service_idempotency where id in (select value from list(:keys))

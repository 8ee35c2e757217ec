-- Who has parts of a digest waiting whose hour has come.
-- name: due_digests
select user_id, channel from notification_messages where status = 'deferred' and reason = 'digest' and due_at <= :now
group by user_id, channel order by user_id, channel limit :limit

-- Locked until the caller's transaction ends; who comes second waits and finds none.
-- name: digest_parts
select id, message_key, event_source, event_id, user_id, type, audience, channel, priority, due_at, expires_at,
  lesson_id, student_id, purpose, correlation_id, template, recipient_address, attachments, parts_sent, context,
  attempts, unanswered, event_at, created_at, origin
from notification_messages
where status = 'deferred' and reason = 'digest' and due_at <= :now and user_id = :user_id and channel = :channel
order by created_at, id
-- @postgres
for update

-- name: settle_digest_parts
update notification_messages set status = r.status, reason = r.reason, due_at = r.due_at, digest_id = r.digest_id,
  event_at = :now
from rows(:items: id text, status text, reason text, due_at bigint, digest_id text) as r
where notification_messages.id = r.id and notification_messages.status = 'deferred'

-- What becomes of a digest becomes of its parts.
-- name: note_digest_parts
insert into notification_history (message_id, at, status, reason)
select m.id, cast(:now as bigint), r.status, m.reason
from rows(:items: digest_id text, status text, sent_at bigint) as r
join notification_messages m on m.digest_id = r.digest_id

-- name: finish_digest_parts
update notification_messages set status = r.status, sent_at = r.sent_at
from rows(:items: digest_id text, status text, sent_at bigint) as r
where notification_messages.digest_id = r.digest_id

-- The same text goes out by another channel.
-- name: move_digest_parts
update notification_messages set digest_id = :digest_id, reason = :reason where digest_id = :before

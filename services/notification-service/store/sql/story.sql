-- name: add_history
insert into notification_history (message_id, at, status, reason)
select r.message_id, r.at, r.status, r.reason from rows(:items: message_id text, at bigint, status text, reason text) as r

-- Right before withdraw_planned does it.
-- name: note_withdrawn
insert into notification_history (message_id, at, status, reason)
select id, cast(:now as bigint), 'cancelled', :reason from notification_messages
where lesson_id = :lesson_id and status = 'scheduled' and type = 'lesson.reminder'

-- name: note_withdrawn_of_students
insert into notification_history (message_id, at, status, reason)
select id, cast(:now as bigint), 'cancelled', :reason from notification_messages
where lesson_id = :lesson_id and status = 'scheduled' and type = 'lesson.reminder'
  and student_id in (select value from list(:student_ids))

-- name: history_of_message
select at, status, reason from notification_history where message_id = :message_id order by at

-- name: attempts_of
select number, channel, started_at, finished_at, outcome, detail from notification_attempts
where message_id = :message_id order by number

-- name: messages_of_event
select id, message_key, event_source, event_id, user_id, type, audience, channel, priority, status, reason, due_at,
  expires_at, attempts, lesson_id, student_id, purpose, correlation_id, template, title, body, provider_id, created_at,
  event_at, sent_at
from notification_messages
where event_id = :event_id and user_id = :user_id and (:source = '' or event_source = :source)
order by created_at, id

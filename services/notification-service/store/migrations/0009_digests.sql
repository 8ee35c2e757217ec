-- oldest-program: 0.1.0
-- Messages that wait: for the end of quiet hours, for a minimum interval, for a digest.

-- A part of a digest has no turn of its own: it goes where the digest goes.
alter table notification_messages add column digest_id text not null default '';

create index notification_messages_deferred on notification_messages (due_at) where status = 'deferred';
create index notification_messages_deferred_of_user on notification_messages (user_id) where status = 'deferred';
create index notification_messages_deferred_of_lesson on notification_messages (lesson_id) where status = 'deferred';
create index notification_messages_in_digest on notification_messages (digest_id) where digest_id <> '';

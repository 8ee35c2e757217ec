-- Rows that may mention a person: their id stands somewhere in the text.
-- name: events_with
select source || ' ' || id as key, data as text, source, id, type, moment from notification_events where data like :part
order by moment desc

-- name: empty_events
update notification_events set data = '{}' where source || ' ' || id in (select value from list(:keys))

-- name: dead_letters_with
select id as key, body as text from notification_dead_letters where body like :part

-- name: drop_dead_letters
delete from notification_dead_letters where id in (select value from list(:keys))

-- name: answers_with
select id as key, answer as text from notification_idempotency where answer like :part

-- name: drop_answers
delete from notification_idempotency where id in (select value from list(:keys))

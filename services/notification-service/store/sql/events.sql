-- name: take_events
insert into notification_events (source, id, type, moment, received_at, data)
select r.source, r.id, r.type, r.moment, r.received_at, r.data
from rows(:items: source text, id text, same_words text, type text, moment bigint, received_at bigint, data text) as r
where r.same_words = '' or not exists (select 1 from notification_events as known
  where known.source = r.source and known.id = r.same_words and known.received_at > :remembered_since)
on conflict (source, id) do nothing
returning source, id

-- The newest with this id; source '' is any.
-- name: event_by_id
select source, id, type, moment, data from notification_events
where id = :id and (:source = '' or source = :source) order by received_at desc limit 1

-- name: lessons_by_ids
select id, tutor_id, students, scheduled_at, called_off, details, decided_at, decided_by, ended_at, ended_by, sequence
from notification_lessons where id in (select value from list(:ids))

-- name: upsert_lessons
insert into notification_lessons
  (id, tutor_id, students, scheduled_at, called_off, details, decided_at, decided_by, ended_at, ended_by, sequence)
select r.id, r.tutor_id, r.students, r.scheduled_at, r.called_off, r.details, r.decided_at, r.decided_by, r.ended_at,
  r.ended_by, r.sequence
from rows(:items: id text, tutor_id text, students text, scheduled_at bigint, called_off boolean, details text,
          decided_at bigint, decided_by text, ended_at bigint, ended_by text, sequence bigint) as r
where true
on conflict (id) do update set tutor_id = excluded.tutor_id, students = excluded.students,
  scheduled_at = excluded.scheduled_at, called_off = excluded.called_off, details = excluded.details,
  decided_at = excluded.decided_at, decided_by = excluded.decided_by, ended_at = excluded.ended_at,
  ended_by = excluded.ended_by, sequence = excluded.sequence

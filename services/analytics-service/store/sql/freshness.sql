-- Until when an answer stays true: which data it was made of, and the next moment that changes it by itself.

-- name: raise_versions
insert into analytics_versions (scope, id, version)
select r.scope, r.id, :version from rows(:items: scope text, id text) as r
where true
on conflict (scope, id) do update set version = excluded.version

-- name: forget_versions
delete from analytics_versions where scope in ('student', 'tutor') and id in (select value from list(:ids))

-- A look into the index for each, null where there is none: by a join PostgreSQL would read all versions of a school.
-- name: versions
select r.scope, (select v.version from analytics_versions as v where v.scope = r.scope and v.id = r.id) as version
from rows(:items: scope text, id text) as r

-- So that versions of another database, or of a copy of this one, are never taken for its own.
-- name: begin_epoch
insert into analytics_versions (scope, id, version) values ('epoch', '', :epoch)
on conflict (scope, id) do update set version = excluded.version

-- Lessons not decided on that end (or, with a minute of no length, begin) at the moment of asking or later.
-- name: next_lesson_of_tutor
select min(scheduled_at + minutes * cast(:minute as bigint)) as at from analytics_places
where tutor_id = :tutor_id and at >= :from and at < :until and status = 0
  and scheduled_at + minutes * cast(:minute as bigint) >= :now

-- PostgreSQL is led to the index: see lessons.sql.
-- name: next_lesson_of_students
select min(scheduled_at + minutes * cast(:minute as bigint)) as at from
-- @sqlite
  analytics_places where student_id in (select value from list(:ids)) and at >= :from and at < :until
-- @postgres
  list(:ids) as l cross join lateral (
    select * from analytics_places as t where t.student_id = l.value and t.at >= :from and t.at < :until offset 0) as t
  where true
-- @both
  and status = 0 and scheduled_at + minutes * cast(:minute as bigint) >= :now

-- name: next_lesson_of_school
select min(scheduled_at + minutes * cast(:minute as bigint)) as at from analytics_places
where at >= :from and at < :until and status = 0 and scheduled_at + minutes * cast(:minute as bigint) >= :now

-- Homework not handed in that is due then or later.
-- name: next_due_of_tutor
select min(case when due_at >= :now then due_at end) as at, min(case when due_day >= :today then due_day end) as day
from analytics_homework where tutor_id = :tutor_id and at >= :from and at < :until and submitted_at is null

-- name: next_due_of_students
select min(case when due_at >= :now then due_at end) as at, min(case when due_day >= :today then due_day end) as day
from
-- @sqlite
  analytics_homework where student_id in (select value from list(:ids)) and at >= :from and at < :until
-- @postgres
  list(:ids) as l cross join lateral (
    select * from analytics_homework as t where t.student_id = l.value and t.at >= :from and t.at < :until offset 0) as t
  where true
-- @both
  and submitted_at is null

-- name: next_due_of_school
select min(case when due_at >= :now then due_at end) as at, min(case when due_day >= :today then due_day end) as day
from analytics_homework where at >= :from and at < :until and submitted_at is null

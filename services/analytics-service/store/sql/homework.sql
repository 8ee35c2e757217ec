-- Facts of homework. Each row holds the whole assignment.

-- name: insert_homework
insert into analytics_homework
  (tutor_id, at, homework_id, student_id, student_ids, lesson_id, subject, description, assigned_at, due_day, due_at,
  submitted_at, submitted_by, grade, overdue)
select r.tutor_id, r.at, r.homework_id, r.student_id, r.student_ids, r.lesson_id, r.subject, r.description,
  r.assigned_at, r.due_day, r.due_at, r.submitted_at, r.submitted_by, r.grade, r.overdue
from rows(:items: tutor_id text, at bigint, homework_id text, student_id text, student_ids text, lesson_id text,
  subject text, description text, assigned_at bigint, due_day text, due_at bigint, submitted_at bigint,
  submitted_by text, grade bigint, overdue boolean) as r

-- name: delete_homework
delete from analytics_homework where (tutor_id, at, homework_id, student_id) in (
  select r.tutor_id, r.at, r.homework_id, r.student_id from rows(:items: tutor_id text, at bigint, homework_id text, student_id text) as r)

-- All of them, a page after another.
-- name: homework_after
select tutor_id, at, homework_id, student_id, student_ids, lesson_id, subject, description, assigned_at, due_day, due_at,
  submitted_at, submitted_by, grade, overdue from analytics_homework
where (tutor_id, at, homework_id, student_id) > (:tutor_id, :at, :homework_id, :student_id) order by tutor_id, at, homework_id, student_id limit :limit

-- name: homework_of_tutor
select tutor_id, at, homework_id, student_id, student_ids, lesson_id, subject, description, assigned_at, due_day, due_at,
  submitted_at, submitted_by, grade, overdue from analytics_homework
where tutor_id = :tutor_id and at >= :from and at < :until

-- PostgreSQL is led to the index: see lessons.sql.
-- name: homework_of_students
select tutor_id, at, homework_id, student_id, student_ids, lesson_id, subject, description, assigned_at, due_day, due_at,
  submitted_at, submitted_by, grade, overdue from
-- @sqlite
  analytics_homework where student_id in (select value from list(:ids)) and at >= :from and at < :until
-- @postgres
  list(:ids) as l cross join lateral (
    select * from analytics_homework as t where t.student_id = l.value and t.at >= :from and t.at < :until offset 0) as t
-- @both

-- name: homework_of_school
select tutor_id, at, homework_id, student_id, student_ids, lesson_id, subject, description, assigned_at, due_day, due_at,
  submitted_at, submitted_by, grade, overdue from analytics_homework
where at >= :from and at < :until

-- name: homework_submitted
select tutor_id, at, homework_id, student_id, student_ids, lesson_id, subject, description, assigned_at, due_day, due_at,
  submitted_at, submitted_by, grade, overdue from analytics_homework
where submitted_at >= :from and submitted_at < :until

-- Not handed in, not graded, and nobody else has said that it is overdue.
-- name: open_homework_of_students
select tutor_id, at, homework_id, student_id, student_ids, lesson_id, subject, description, assigned_at, due_day, due_at,
  submitted_at, submitted_by, grade, overdue from
-- @sqlite
  analytics_homework where student_id in (select value from list(:ids)) and at >= :from and at < :until and
-- @postgres
  list(:ids) as l cross join lateral (
    select * from analytics_homework as t where t.student_id = l.value and t.at >= :from and t.at < :until offset 0) as t where
-- @both
  submitted_at is null and grade is null and not overdue and (due_at is not null or due_day is not null)
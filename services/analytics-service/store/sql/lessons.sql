-- Facts of lessons. A row is a student in a lesson; first_at and last_at tell where the other places of the lesson lie.

-- name: insert_places
insert into analytics_places
  (tutor_id, at, lesson_id, student_id, status, attendance, rating, price, price_currency, charged, first_at, last_at,
  subject, topic, type, scheduled_at, minutes, pay, pay_currency)
select r.tutor_id, r.at, r.lesson_id, r.student_id, r.status, r.attendance, r.rating, r.price, r.price_currency,
  r.charged, r.first_at, r.last_at, r.subject, r.topic, r.type, r.scheduled_at, r.minutes, r.pay, r.pay_currency
from rows(:items: tutor_id text, at bigint, lesson_id text, student_id text, status bigint, attendance text,
  rating bigint, price bigint, price_currency text, charged boolean, first_at bigint, last_at bigint, subject text,
  topic text, type text, scheduled_at bigint, minutes bigint, pay bigint, pay_currency text) as r

-- name: delete_places
delete from analytics_places where (tutor_id, at, lesson_id, student_id) in (
  select r.tutor_id, r.at, r.lesson_id, r.student_id from rows(:items: tutor_id text, at bigint, lesson_id text, student_id text) as r)

-- All of them, a page after another.
-- name: places_after
select tutor_id, at, lesson_id, student_id, status, attendance, rating, price, price_currency, charged, first_at, last_at,
  subject, topic, type, scheduled_at, minutes, pay, pay_currency from analytics_places
where (tutor_id, at, lesson_id, student_id) > (:tutor_id, :at, :lesson_id, :student_id) order by tutor_id, at, lesson_id, student_id limit :limit

-- name: places_of_tutor
select tutor_id, at, lesson_id, student_id, status, attendance, rating, price, price_currency, charged, first_at, last_at,
  subject, topic, type, scheduled_at, minutes, pay, pay_currency from analytics_places
where tutor_id = :tutor_id and at >= :from and at < :until

-- PostgreSQL, which keeps one plan for lists of any length, would read the whole school's days: here and below a lateral join leads it to the
-- index of the person.
-- name: places_of_students
select tutor_id, at, lesson_id, student_id, status, attendance, rating, price, price_currency, charged, first_at, last_at,
  subject, topic, type, scheduled_at, minutes, pay, pay_currency from
-- @sqlite
  analytics_places where student_id in (select value from list(:ids)) and at >= :from and at < :until
-- @postgres
  list(:ids) as l cross join lateral (
    select * from analytics_places as t where t.student_id = l.value and t.at >= :from and t.at < :until offset 0) as t
-- @both

-- name: places_of_school
select tutor_id, at, lesson_id, student_id, status, attendance, rating, price, price_currency, charged, first_at, last_at,
  subject, topic, type, scheduled_at, minutes, pay, pay_currency from analytics_places
where at >= :from and at < :until

-- Of lessons whose places lie in different quarters of an hour.
-- name: straddling_places
select tutor_id, at, lesson_id, student_id, status, attendance, rating, price, price_currency, charged, first_at, last_at,
  subject, topic, type, scheduled_at, minutes, pay, pay_currency from analytics_places
where at >= :from and at < :until
  and (first_at / 900000000 <> last_at / 900000000 or (first_at < 0) <> (last_at < 0))

-- Lessons of which nobody has said what became of them, and that have not ended. All their places lie at their beginning.
-- name: count_not_ended
select count(distinct p.lesson_id) as lessons from analytics_places as p
where p.status = 0 and p.at >= :from and p.at < :until and p.scheduled_at + p.minutes * 60000000 >= :now
  and not exists (select 1 from analytics_places as o where o.tutor_id = p.tutor_id and o.at >= p.first_at
    and o.at <= p.last_at and o.lesson_id = p.lesson_id and o.status <> 0)

-- name: students_of_tutor
select distinct student_id from analytics_places where tutor_id = :tutor_id and student_id <> '' order by student_id

-- Everybody who has ever been a student or a payer of anything.
-- name: students_of_school
select id from analytics_versions where scope = 'student' and id <> ''

-- name: planned_lessons
select student_id, scheduled_at from analytics_places
where status = 0 and at >= :now and scheduled_at >= :now and student_id <> '' order by scheduled_at

-- By a place in a lesson, or as the student's own events say.
-- name: is_student_of_tutor
select 1 as found where exists (select 1 from analytics_places where student_id = :student_id and tutor_id = :tutor_id)
  or exists (select 1 from analytics_relations where person_id = :student_id and kind = 'tutor' and other_id = :tutor_id)

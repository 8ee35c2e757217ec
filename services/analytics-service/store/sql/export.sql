-- Rows as they are given out, a page after another in the order of time: `at` and the rest of the key are those of the last
-- row read. A school's rows are found by their time, a tutor's and a family's by whose they are
-- (PostgreSQL is led to the index: see lessons.sql).

-- name: export_lessons_of_school
select at, tutor_id, lesson_id, student_id, status, attendance, rating, price, price_currency, charged, subject, topic, type,
  scheduled_at, minutes, pay, pay_currency from analytics_places
where at >= :at and at < :until
  and (at, tutor_id, lesson_id, student_id) > (:at, :tutor_id, :lesson_id, :student_id)
order by at, tutor_id, lesson_id, student_id limit :limit

-- name: export_lessons_of_tutor
select at, tutor_id, lesson_id, student_id, status, attendance, rating, price, price_currency, charged, subject, topic, type,
  scheduled_at, minutes, pay, pay_currency from analytics_places
where tutor_id = :asked_tutor and at >= :at and at < :until
  and (at, tutor_id, lesson_id, student_id) > (:at, :tutor_id, :lesson_id, :student_id)
order by at, tutor_id, lesson_id, student_id limit :limit

-- name: export_lessons_of_students
select at, tutor_id, lesson_id, student_id, status, attendance, rating, price, price_currency, charged, subject, topic, type,
  scheduled_at, minutes, pay, pay_currency from
-- @sqlite
  analytics_places where student_id in (select value from list(:ids)) and at >= :at and at < :until
-- @postgres
  list(:ids) as l cross join lateral (
    select * from analytics_places as t where t.student_id = l.value and t.at >= :at and t.at < :until offset 0) as t
  where true
-- @both
  and (at, tutor_id, lesson_id, student_id) > (:at, :tutor_id, :lesson_id, :student_id)
order by at, tutor_id, lesson_id, student_id limit :limit

-- name: export_payments_of_school
select at, tutor_id, payment_id, part, student_id, payer_id, method,
  case part when 0 then processed when 1 then failed else refunded end as amount,
  case part when 0 then processed_currency when 1 then failed_currency else refunded_currency end as amount_currency
from analytics_payments
where at >= :at and at < :until
  and (at, tutor_id, payment_id, part) > (:at, :tutor_id, :payment_id, :part)
order by at, tutor_id, payment_id, part limit :limit

-- name: export_payments_of_tutor
select at, tutor_id, payment_id, part, student_id, payer_id, method,
  case part when 0 then processed when 1 then failed else refunded end as amount,
  case part when 0 then processed_currency when 1 then failed_currency else refunded_currency end as amount_currency
from analytics_payments
where tutor_id = :asked_tutor and at >= :at and at < :until
  and (at, tutor_id, payment_id, part) > (:at, :tutor_id, :payment_id, :part)
order by at, tutor_id, payment_id, part limit :limit

-- name: export_payments_of_students
select at, tutor_id, payment_id, part, student_id, payer_id, method,
  case part when 0 then processed when 1 then failed else refunded end as amount,
  case part when 0 then processed_currency when 1 then failed_currency else refunded_currency end as amount_currency
from
-- @sqlite
  analytics_payments where student_id in (select value from list(:ids)) and at >= :at and at < :until
-- @postgres
  list(:ids) as l cross join lateral (
    select * from analytics_payments as t where t.student_id = l.value and t.at >= :at and t.at < :until offset 0) as t
  where true
-- @both
  and (at, tutor_id, payment_id, part) > (:at, :tutor_id, :payment_id, :part)
order by at, tutor_id, payment_id, part limit :limit

-- name: export_homework_of_school
select at, tutor_id, homework_id, student_id, lesson_id, subject, description, assigned_at, due_day, due_at, submitted_at,
  grade, overdue from analytics_homework
where at >= :at and at < :until
  and (at, tutor_id, homework_id, student_id) > (:at, :tutor_id, :homework_id, :student_id)
order by at, tutor_id, homework_id, student_id limit :limit

-- name: export_homework_of_tutor
select at, tutor_id, homework_id, student_id, lesson_id, subject, description, assigned_at, due_day, due_at, submitted_at,
  grade, overdue from analytics_homework
where tutor_id = :asked_tutor and at >= :at and at < :until
  and (at, tutor_id, homework_id, student_id) > (:at, :tutor_id, :homework_id, :student_id)
order by at, tutor_id, homework_id, student_id limit :limit

-- name: export_homework_of_students
select at, tutor_id, homework_id, student_id, lesson_id, subject, description, assigned_at, due_day, due_at, submitted_at,
  grade, overdue from
-- @sqlite
  analytics_homework where student_id in (select value from list(:ids)) and at >= :at and at < :until
-- @postgres
  list(:ids) as l cross join lateral (
    select * from analytics_homework as t where t.student_id = l.value and t.at >= :at and t.at < :until offset 0) as t
  where true
-- @both
  and (at, tutor_id, homework_id, student_id) > (:at, :tutor_id, :homework_id, :student_id)
order by at, tutor_id, homework_id, student_id limit :limit

-- name: export_materials_of_school
select at, seq, material_id, title, subject, user_id, student_id, tutor_id, use from analytics_accesses
where at >= :at and at < :until and (at, seq) > (:at, cast(:seq as bigint))
order by at, seq limit :limit

-- name: export_materials_of_tutor
select at, seq, material_id, title, subject, user_id, student_id, tutor_id, use from analytics_accesses
where ((tutor_id = :asked_tutor and tutor_id <> '') or (user_id = :asked_tutor and user_id <> ''))
  and at >= :at and at < :until and (at, seq) > (:at, cast(:seq as bigint))
order by at, seq limit :limit

-- name: export_materials_of_students
select at, seq, material_id, title, subject, user_id, student_id, tutor_id, use from analytics_accesses
where ((user_id in (select value from list(:ids)) and user_id <> '')
    or (student_id in (select value from list(:ids)) and student_id <> ''))
  and at >= :at and at < :until and (at, seq) > (:at, cast(:seq as bigint))
order by at, seq limit :limit

-- Who registered in the span; who has never said when, in 1970.
-- name: export_users
select p.id, p.full_name, p.roles, p.timezone, p.language, p.registered_at,
-- @sqlite
  (select json_group_array(other_id) from (select other_id from analytics_relations
    where person_id = p.id and kind = 'child' order by position)) as children,
  (select json_group_array(other_id) from (select other_id from analytics_relations
    where person_id = p.id and kind = 'tutor' order by position)) as tutors
-- @postgres
  coalesce((select cast(json_agg(other_id order by position) as text) from analytics_relations
    where person_id = p.id and kind = 'child'), '[]') as children,
  coalesce((select cast(json_agg(other_id order by position) as text) from analytics_relations
    where person_id = p.id and kind = 'tutor'), '[]') as tutors
-- @both
from analytics_people p
where p.id > :id and coalesce(p.registered_at, 0) >= :from and coalesce(p.registered_at, 0) < :until
order by p.id limit :limit

-- In the order of arrival.
-- name: export_events
select seq, received_at, source, id, type, moment, data from analytics_event_log
where seq > :seq and moment >= :from and moment < :until order by seq limit :limit

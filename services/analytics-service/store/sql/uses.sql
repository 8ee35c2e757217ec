-- Accesses of materials and logins: an event is a fact; seq is that of the event.

-- name: insert_accesses
insert into analytics_accesses (seq, at, material_id, title, subject, user_id, student_id, tutor_id, use)
select r.seq, r.at, r.material_id, r.title, r.subject, r.user_id, r.student_id, r.tutor_id, r.use
from rows(:items: seq bigint, at bigint, material_id text, title text, subject text, user_id text, student_id text,
          tutor_id text, use bigint) as r

-- name: delete_accesses
delete from analytics_accesses where seq in (select r.seq from rows(:items: seq bigint) as r)

-- name: accesses_after
select seq, at, material_id, title, subject, user_id, student_id, tutor_id, use from analytics_accesses
where seq > :seq order by seq limit :limit

-- name: insert_logins
insert into analytics_logins (at, seq, user_id, role, platform)
select r.at, r.seq, r.user_id, r.role, r.platform
from rows(:items: at bigint, seq bigint, user_id text, role text, platform text) as r

-- name: delete_logins
delete from analytics_logins where (at, seq) in (select r.at, r.seq from rows(:items: at bigint, seq bigint) as r)

-- name: logins_after
select at, seq, user_id, role, platform from analytics_logins
where (at, seq) > (cast(:at as bigint), cast(:seq as bigint)) order by at, seq limit :limit

-- name: accesses_of_tutor
select at, material_id, title, subject, user_id, student_id, tutor_id, use from analytics_accesses
where tutor_id = :tutor_id and tutor_id <> '' and at >= :from and at < :until
union all
select at, material_id, title, subject, user_id, student_id, tutor_id, use from analytics_accesses
where user_id = :tutor_id and user_id <> '' and tutor_id <> :tutor_id and at >= :from and at < :until

-- PostgreSQL is led to the index: see lessons.sql.
-- name: accesses_of_people
-- @sqlite
select at, material_id, title, subject, user_id, student_id, tutor_id, use from analytics_accesses
where user_id in (select value from list(:ids)) and user_id <> '' and at >= :from and at < :until
union all
select at, material_id, title, subject, user_id, student_id, tutor_id, use from analytics_accesses
where student_id in (select value from list(:ids)) and student_id <> '' and user_id <> student_id
  and at >= :from and at < :until
-- @postgres
select at, material_id, title, subject, user_id, student_id, tutor_id, use
from list(:ids) as l cross join lateral (
  select * from analytics_accesses as t
  where t.user_id = l.value and t.user_id <> '' and t.at >= :from and t.at < :until offset 0) as t
union all
select at, material_id, title, subject, user_id, student_id, tutor_id, use
from list(:ids) as l cross join lateral (
  select * from analytics_accesses as t
  where t.student_id = l.value and t.student_id <> '' and t.at >= :from and t.at < :until offset 0) as t
where user_id <> student_id
-- @both

-- name: accesses_of_school
select at, material_id, title, subject, user_id, student_id, tutor_id, use from analytics_accesses
where at >= :from and at < :until

-- name: logins_between
select at, user_id, role, platform from analytics_logins where at >= :from and at < :until

-- All facts, to be made anew.
-- name: clear_places
delete from analytics_places

-- name: clear_payments
delete from analytics_payments

-- name: clear_homework
delete from analytics_homework

-- name: clear_accesses
delete from analytics_accesses

-- name: clear_logins
delete from analytics_logins

-- name: clear_people
delete from analytics_people

-- name: clear_relations
delete from analytics_relations

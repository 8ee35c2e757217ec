-- What has been looked at and said: events that follow from facts.

-- name: watch_state
select w.seen, i.batch, (select min(due) from analytics_deadlines where not done) as next_due
from analytics_watch as w, analytics_ingest as i where w.id = 1 and i.id = 1

-- The first statement of a transaction that says something: others wait here until it ends.
-- name: lock_watch
update analytics_watch set seen = seen where id = 1

-- name: move_watch
update analytics_watch set seen = :seen where id = 1 and seen < :seen

-- name: changed_students
select id from analytics_versions where scope = 'student' and version > :seen order by id

-- name: keep_quiet
insert into analytics_quiet (student_id, version) select r.id, :version from rows(:items: id text) as r
where true
on conflict (student_id) do update set version = excluded.version

-- name: quiet_students
select student_id, version from analytics_quiet where student_id in (select value from list(:ids))

-- name: end_quiet
delete from analytics_quiet where (student_id, version) in (
  select r.student_id, r.version from rows(:items: student_id text, version bigint) as r)

-- name: low_balances
select student_id, currency, low, times from analytics_low_balances
where student_id in (select value from list(:ids))

-- name: put_low_balances
insert into analytics_low_balances (student_id, currency, low, times)
select r.student_id, r.currency, r.low, r.times
from rows(:items: student_id text, currency text, low boolean, times bigint) as r
where true
on conflict (student_id, currency) do update set low = excluded.low, times = excluded.times

-- name: deadlines
select homework_id, student_id, due, done from analytics_deadlines
where homework_id in (select value from list(:ids))

-- name: put_deadlines
insert into analytics_deadlines (homework_id, student_id, due, done)
select r.homework_id, r.student_id, r.due, r.done
from rows(:items: homework_id text, student_id text, due bigint, done boolean) as r
where true
on conflict (homework_id) do update set student_id = excluded.student_id, due = excluded.due, done = excluded.done

-- name: take_due
update analytics_deadlines set done = true where not done and homework_id in (
  select homework_id from analytics_deadlines where not done and due < :now order by due limit :limit)
returning homework_id, student_id, due, done

-- name: forget_done_deadlines
delete from analytics_deadlines where done and due < :before

-- name: forget_low_balances
delete from analytics_low_balances where student_id in (select value from list(:ids))

-- name: forget_quiet
delete from analytics_quiet where student_id in (select value from list(:ids))

-- name: forget_deadlines
delete from analytics_deadlines where student_id in (select value from list(:ids))

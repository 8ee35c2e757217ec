-- name: add_schedules
insert into notification_schedules
  (id, user_id, status, due_at, starts_at, recurrence, timezone, lesson_id, offset_minutes, draft, created_by, created_at)
select r.id, r.user_id, r.status, r.due_at, r.starts_at, r.recurrence, r.timezone, r.lesson_id, r.offset_minutes, r.draft,
  r.created_by, r.created_at
from rows(:items: id text, user_id text, status text, due_at bigint, starts_at bigint, recurrence text, timezone text,
          lesson_id text, offset_minutes bigint, draft text, created_by text, created_at bigint) as r

-- name: schedule_by_id
select id, user_id, status, due_at, starts_at, recurrence, timezone, lesson_id, offset_minutes, draft, made, missed,
  created_by, created_at
from notification_schedules where id = :id

-- The next one first; '' leaves a condition out.
-- name: schedules
select id, user_id, status, due_at, starts_at, recurrence, timezone, lesson_id, offset_minutes, draft, made, missed,
  created_by, created_at
from notification_schedules
where status = :status and (due_at, id) > (cast(:after as bigint), :after_id)
  and (:user_id = '' or user_id = :user_id) and (:created_by = '' or created_by = :created_by)
order by due_at, id limit :limit

-- name: next_schedule
select min(due_at) as due_at from notification_schedules where status = 'scheduled'

-- Locked until the caller's transaction ends.
-- name: claim_schedules
select id, user_id, status, due_at, starts_at, recurrence, timezone, lesson_id, offset_minutes, draft, made, missed,
  created_by, created_at
from notification_schedules where status = 'scheduled' and due_at <= :now order by due_at, id limit :limit /*skip locked*/

-- name: advance_schedules
update notification_schedules set status = r.status, due_at = r.due_at, made = r.made, missed = r.missed
from rows(:items: id text, status text, due_at bigint, made bigint, missed bigint) as r
where notification_schedules.id = r.id

-- Only while nothing has come of it since it was read.
-- name: change_schedule
update notification_schedules set due_at = :due_at, starts_at = :starts_at, recurrence = :recurrence,
  timezone = :timezone, draft = :draft
where id = :id and status = 'scheduled' and due_at = :seen_due_at
returning id

-- name: cancel_schedule
update notification_schedules set status = 'cancelled' where id = :id and status = 'scheduled' returning id

-- A planned message was taken back on its own, and it was the last one.
-- name: cancel_schedule_of_message
update notification_schedules set status = 'cancelled'
where status = 'scheduled' and recurrence = ''
  and 'schedule:' || id = (select origin from notification_messages where id = :message_id)
  and not exists (select 1 from notification_messages m
                  where m.origin = 'schedule:' || notification_schedules.id and m.origin <> '' and m.status = 'scheduled')

-- name: change_planned
update notification_messages set due_at = :due_at, type = :type, audience = :audience, priority = :priority,
  template = :template, context = :context
where origin = :origin and origin <> '' and status = 'scheduled'
returning id

-- name: cancel_waiting
update notification_messages set status = 'cancelled', reason = :reason, queued = false
where origin = :origin and origin <> '' and status in ('scheduled', 'deferred', 'pending') and lease_until is null
  and digest_id = ''
returning id

-- name: schedules_of_lessons
select id, user_id, status, due_at, starts_at, recurrence, timezone, lesson_id, offset_minutes, draft, made, missed,
  created_by, created_at
from notification_schedules
where lesson_id in (select value from list(:lesson_ids)) and lesson_id <> '' and status = 'scheduled'

-- name: move_schedule
update notification_schedules set due_at = :due_at, starts_at = :due_at where id = :id and status = 'scheduled'

-- name: move_planned
update notification_messages set due_at = :due_at, expires_at = :expires_at
where origin = :origin and origin <> '' and status = 'scheduled'
returning id

-- name: erase_schedules
update notification_schedules set draft = '{}',
  status = case when status = 'scheduled' then 'cancelled' else status end
where user_id = :user_id

-- A key that stands already keeps its message, with two exceptions: a producer's reminder pulls ours forward, and a
-- lesson that is moved back to its old time revives the reminder that was taken back.
-- name: insert_messages
insert into notification_messages
  (id, message_key, event_source, event_id, user_id, type, audience, channel, priority, status, reason, due_at,
   expires_at, queued, lesson_id, student_id, purpose, correlation_id, template, recipient_address, attachments, context,
   created_at, event_at, attempts, lease_owner, lease_until, origin)
select r.id, r.message_key, r.event_source, r.event_id, r.user_id, r.type, r.audience, r.channel, r.priority, r.status,
  r.reason, r.due_at, r.expires_at, r.queued, r.lesson_id, r.student_id, r.purpose, r.correlation_id, r.template,
  r.recipient_address, r.attachments, r.context, r.created_at, r.event_at, r.attempts, r.lease_owner, r.lease_until,
  r.origin
from rows(:items: id text, message_key text, event_source text, event_id text, user_id text, type text, audience text,
          channel text, priority bigint, status text, reason text, due_at bigint, expires_at bigint, queued boolean,
          lesson_id text, student_id text, purpose text, correlation_id text, template text, recipient_address text,
          attachments text, context text, created_at bigint, event_at bigint, attempts bigint, lease_owner text,
          lease_until bigint, origin text) as r
where true
on conflict (message_key) do update set status = excluded.status, reason = excluded.reason, due_at = excluded.due_at,
  context = excluded.context, event_at = excluded.event_at, queued = excluded.queued, attempts = excluded.attempts,
  lease_owner = excluded.lease_owner, lease_until = excluded.lease_until
where (notification_messages.status = 'scheduled' and excluded.status = 'scheduled'
       and excluded.due_at < notification_messages.due_at)
   or (notification_messages.status = 'cancelled'
       and notification_messages.reason in ('lesson_rescheduled', 'lesson_cancelled', 'lesson_over'))
returning id, message_key

-- What a lesson's change makes untrue is looked at again.
-- name: recheck_deferred_of_lesson
update notification_messages set due_at = :now, reason = 'lesson_changed'
where lesson_id = :lesson_id and status = 'deferred'

-- name: recheck_deferred_of_user
update notification_messages set due_at = :now, reason = :reason where user_id = :user_id and status = 'deferred'

-- name: withdraw_planned
update notification_messages set status = 'cancelled', reason = :reason
where lesson_id = :lesson_id and status = 'scheduled' and type = 'lesson.reminder'
returning id

-- name: withdraw_planned_of_students
update notification_messages set status = 'cancelled', reason = :reason
where lesson_id = :lesson_id and status = 'scheduled' and type = 'lesson.reminder'
  and student_id in (select value from list(:student_ids))
returning id

-- Locked until the caller's transaction ends.
-- name: claim_planned
select id, message_key, event_source, event_id, user_id, type, audience, channel, priority, due_at, expires_at,
  lesson_id, student_id, purpose, correlation_id, template, recipient_address, attachments, parts_sent, context,
  attempts, unanswered, event_at, created_at, origin
from notification_messages where status = 'scheduled' and due_at <= :now order by due_at limit :limit /*skip locked*/

-- The same for what was put off; digests take theirs themselves.
-- name: claim_deferred
select id, message_key, event_source, event_id, user_id, type, audience, channel, priority, due_at, expires_at,
  lesson_id, student_id, purpose, correlation_id, template, recipient_address, attachments, parts_sent, context,
  attempts, unanswered, event_at, created_at, origin
from notification_messages where status = 'deferred' and due_at <= :now and reason <> 'digest'
order by due_at, id limit :limit /*skip locked*/

-- name: promote_planned
update notification_messages set status = r.status, reason = r.reason, channel = r.channel, queued = r.queued,
  due_at = r.due_at, event_at = :now
from rows(:items: id text, status text, reason text, channel text, queued boolean, due_at bigint) as r
where notification_messages.id = r.id and notification_messages.status in ('scheduled', 'deferred')

-- The candidates are those of each class that have waited longest: what is due later is not touched. The first :oldest
-- places go to whoever has waited longest of all (domain/fairness).
-- name: claim_due
update notification_messages set status = 'sending', queued = false, lease_owner = :owner, lease_until = :lease_until,
  attempts = attempts + 1
where id in (
  select m.id from notification_messages m
  join (
    select id, priority, due_at, row_number() over (order by due_at) as age from (
        select * from (select id, priority, due_at from notification_messages
                       where queued and channel = :channel and priority = 0 and due_at <= :now
                       order by due_at limit :limit) as urgent
        union all
        select * from (select id, priority, due_at from notification_messages
                       where queued and channel = :channel and priority = 1 and due_at <= :now
                       order by due_at limit :limit) as high
        union all
        select * from (select id, priority, due_at from notification_messages
                       where queued and channel = :channel and priority = 2 and due_at <= :now
                       order by due_at limit :limit) as normal
        union all
        select * from (select id, priority, due_at from notification_messages
                       where queued and channel = :channel and priority = 3 and due_at <= :now
                       order by due_at limit :limit) as low
    ) as candidates
  ) as ranked on ranked.id = m.id
  where m.queued
  order by case when age <= :oldest then 0 else 1 end, ranked.priority, ranked.due_at limit :limit
-- @postgres
  for update of m skip locked
-- @both
)
returning id, message_key, event_source, event_id, user_id, type, audience, channel, priority, due_at, expires_at,
  lesson_id, student_id, purpose, correlation_id, template, recipient_address, attachments, parts_sent, context,
  attempts, unanswered, event_at, created_at, origin

-- name: put_back
update notification_messages set status = 'pending', queued = true, lease_owner = '', lease_until = null,
  attempts = attempts - 1, due_at = r.due_at
from rows(:items: id text, due_at bigint) as r
where notification_messages.id = r.id and notification_messages.lease_owner = :owner

-- The number of the try tells whether another worker has begun the next one. Of an erased person nothing is written.
-- name: record_outcomes
update notification_messages set status = r.status, reason = r.reason, due_at = r.due_at, queued = r.queued,
  attempts = r.counted, unanswered = r.unanswered, parts_sent = r.parts_sent, title = r.title,
  body = r.body, provider_id = r.provider_id, sent_at = r.sent_at,
  lease_owner = '', lease_until = null
from rows(:items: id text, status text, reason text, due_at bigint, queued boolean, attempts bigint, counted bigint,
          unanswered bigint, parts_sent bigint, title text, body text, provider_id text, sent_at bigint) as r
where notification_messages.id = r.id and notification_messages.attempts = r.attempts
  and notification_messages.reason <> 'person_erased'

-- name: add_attempts
insert into notification_attempts (message_id, number, channel, started_at, finished_at, outcome, detail, worker)
select r.message_id, r.number, r.channel, r.started_at, r.finished_at, r.outcome, r.detail, :worker
from rows(:items: message_id text, number bigint, channel text, started_at bigint, finished_at bigint, outcome text,
          detail text) as r
where not exists (select 1 from notification_messages m where m.id = r.message_id and m.reason = 'person_erased')
on conflict (message_id, number) do update set started_at = excluded.started_at, finished_at = excluded.finished_at,
  outcome = excluded.outcome, detail = excluded.detail, worker = excluded.worker
where notification_attempts.outcome = 'interrupted'

-- name: renew_leases
update notification_messages set lease_until = :until
where id in (select value from list(:ids)) and lease_owner = :owner
returning id

-- name: expired_leases
update notification_messages set status = 'pending', reason = 'worker_lost', queued = true, lease_owner = '',
  lease_until = null, due_at = :now
where id in (select id from notification_messages where lease_until <= :until and status = 'sending'
             limit :limit /*skip locked*/)
returning id, attempts, channel

-- name: next_due
select min(due_at) as due_at from (
  select min(due_at) as due_at from notification_messages where queued and channel = :channel and priority = 0
  union all
  select min(due_at) as due_at from notification_messages where queued and channel = :channel and priority = 1
  union all
  select min(due_at) as due_at from notification_messages where queued and channel = :channel and priority = 2
  union all
  select min(due_at) as due_at from notification_messages where queued and channel = :channel and priority = 3
) as firsts

-- name: next_planned
select min(due_at) as due_at from (
  select min(due_at) as due_at from notification_messages where status = 'scheduled'
  union all select min(due_at) as due_at from notification_messages where status = 'deferred') as waiting

-- Of those before whom a message has to keep its distance. Parts of a digest made no sound of their own.
-- name: last_of_types
select m.user_id, m.type, m.channel, max(coalesce(m.sent_at, m.due_at)) as moment
from rows(:items: user_id text, type text, channel text) as r
join notification_messages m on m.user_id = r.user_id and m.type = r.type and m.channel = r.channel
where m.status in (select value from list(:statuses)) and m.reason <> 'digest' and m.digest_id = ''
  and m.id <> :except
group by m.user_id, m.type, m.channel

-- name: message_by_id
select id, message_key, event_source, event_id, user_id, type, audience, channel, priority, status, reason, due_at,
  expires_at, attempts, lesson_id, student_id, purpose, correlation_id, template, title, body, provider_id, created_at,
  event_at, sent_at
from notification_messages where id = :id

-- name: messages_of_user
select id, message_key, event_source, event_id, user_id, type, audience, channel, priority, status, reason, due_at,
  expires_at, attempts, lesson_id, student_id, purpose, correlation_id, template, title, body, provider_id, created_at,
  event_at, sent_at
from notification_messages
where user_id = :user_id and (created_at, id) < (cast(:before as bigint), :before_id)
  and (:status = '' or status = :status) and (:type = '' or type = :type) and type like :family
  and (:channel = '' or channel = :channel) and created_at >= :since and created_at < :until
order by created_at desc, id desc limit :limit offset :offset

-- name: count_messages_of_user
select count(*) as total from notification_messages
where user_id = :user_id and (:status = '' or status = :status) and (:type = '' or type = :type)
  and type like :family and (:channel = '' or channel = :channel) and created_at >= :since and created_at < :until

-- name: retry_message
update notification_messages set status = 'pending', reason = '', queued = true, due_at = :now, unanswered = 0,
  digest_id = ''
where id = :id and status in ('failed', 'unknown', 'suppressed', 'cancelled') and channel <> '' and lease_until is null
returning id

-- name: cancel_message
update notification_messages set status = 'cancelled', reason = :reason, queued = false
where id = :id and status in ('scheduled', 'deferred', 'pending') and lease_until is null and digest_id = ''
returning id, type

-- name: add_letter
insert into notification_outbox_letters
  (id, message_id, user_id, channel, address, subject, html, plain, sent_at)
values (:id, :message_id, :user_id, :channel, :address, :subject, :html, :plain, :sent_at)

-- Newest first; '' leaves a condition out.
-- name: letters
select l.id, l.message_id, l.user_id, l.channel, l.address, l.subject, l.html, l.plain, l.sent_at, p.full_name, p.roles
from notification_outbox_letters l left join notification_people p on p.id = l.user_id
where (:channel = '' or l.channel = :channel) and (:user_id = '' or l.user_id = :user_id)
  and (:before = '' or (l.sent_at, l.id) < (select sent_at, id from notification_outbox_letters where id = :before))
  and l.sent_at >= :since
order by l.sent_at desc, l.id desc limit :limit

-- name: letter_people
select l.user_id, count(*) as letters, max(l.sent_at) as newest, p.full_name, p.roles
from notification_outbox_letters l left join notification_people p on p.id = l.user_id
where (:channel = '' or l.channel = :channel)
group by l.user_id, p.full_name, p.roles order by newest desc limit :limit

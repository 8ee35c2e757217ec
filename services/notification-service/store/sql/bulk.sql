-- name: add_bulk
insert into notification_bulks (id, status, due_at, draft, total, created_by, created_at)
values (:id, 'planned', :due_at, :draft, :total, :created_by, :created_at)

-- name: add_bulk_recipients
insert into notification_bulk_recipients (bulk_id, number, user_id, audience)
select cast(:bulk_id as text), r.number, r.user_id, r.audience
from rows(:items: number bigint, user_id text, audience text) as r

-- name: bulk_by_id
select id, status, due_at, draft, total, position, created_by, created_at, finished_at
from notification_bulks where id = :id

-- name: open_bulks
select id from notification_bulks where finished_at is null and due_at <= :now order by due_at, id

-- name: next_bulk
select min(due_at) as due_at from notification_bulks where finished_at is null and due_at > :now

-- Locked until the caller's transaction ends; none when another worker has it.
-- name: claim_bulk
select id, status, due_at, draft, total, position, created_by, created_at, finished_at
from notification_bulks where id = :id and finished_at is null /*skip locked*/

-- name: advance_bulk
update notification_bulks set position = :position, status = 'running' where id = :id

-- name: finish_bulk
update notification_bulks set status = :status, finished_at = :now where id = :id

-- name: pause_bulk
update notification_bulks set status = 'paused'
where id = :id and status in ('planned', 'running') and finished_at is null
returning id

-- name: resume_bulk
update notification_bulks set status = case when position = 0 then 'planned' else 'running' end
where id = :id and status = 'paused'
returning id

-- name: cancel_bulk
update notification_bulks set status = 'cancelled'
where id = :id and status in ('planned', 'running', 'paused') and finished_at is null
returning id

-- name: bulk_recipients
select number, user_id, audience, reason from notification_bulk_recipients
where bulk_id = :bulk_id and number > :after order by number limit :limit

-- name: skip_bulk_recipients
update notification_bulk_recipients set reason = r.reason
from rows(:items: number bigint, reason text) as r
where notification_bulk_recipients.bulk_id = :bulk_id and notification_bulk_recipients.number = r.number

-- name: bulk_skipped
select reason, count(*) as amount from notification_bulk_recipients
where bulk_id = :bulk_id and reason <> '' group by reason

-- name: bulk_counts
select channel, status, reason, count(*) as amount from notification_messages
where origin = :origin and origin <> '' group by channel, status, reason

-- name: bulk_messages_of
select id, user_id, channel, status, reason from notification_messages
where origin = :origin and origin <> '' and user_id in (select value from list(:ids)) order by created_at, id

-- What a worker could take or what waits for its turn, not what is in hand or in a digest already.
-- name: hold_bulk
update notification_messages set status = 'pending', reason = 'bulk_paused', queued = false
where id in (select id from notification_messages
             where origin = :origin and origin <> '' and (queued or status = 'deferred') limit :limit /*skip locked*/)
returning id

-- Each gets its turn anew: it may be night by now.
-- name: release_bulk
update notification_messages set status = 'deferred', reason = 'bulk_resumed', due_at = :now
where id in (select id from notification_messages
             where origin = :origin and origin <> '' and status = 'pending' and reason = 'bulk_paused' limit :limit
             /*skip locked*/)
returning id

-- name: withdraw_bulk
update notification_messages set status = 'cancelled', reason = 'bulk_cancelled', queued = false
where id in (select id from notification_messages
             where origin = :origin and origin <> '' and status in ('scheduled', 'deferred', 'pending')
               and lease_until is null and digest_id = '' limit :limit /*skip locked*/)
returning id

-- name: bulk_waits
select 1 as waits from notification_messages
where origin = :origin and origin <> '' and status in ('scheduled', 'deferred', 'pending', 'sending') limit 1

-- name: people_of_tutor
select other_id as id from notification_relations where person_id = :tutor_id and kind = 'tutor'
union
select p.person_id as id from notification_relations p
join notification_relations t on t.other_id = p.other_id
where t.person_id = :tutor_id and t.kind = 'tutor' and p.kind = 'parent'
order by id
